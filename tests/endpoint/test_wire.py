"""The protocol as bytes: what is answered, where a body ends, and which web pages are let in."""

import gzip
import json
import re
import zlib

from support import SharedServer, make_request, receive

import tap


class Answers(SharedServer):
    def test_headers(self):
        status, headers, body = self.server.request(target="ListTables", body="{}")
        self.assertEqual(status, 200)
        self.assertEqual(headers["Content-Type"], "application/x-amz-json-1.0")
        self.assertEqual(int(headers["x-amz-crc32"]), zlib.crc32(body))
        self.assertRegex(headers["x-amzn-RequestId"], "^[0-9A-Z]{52}$")
        again = self.server.request(target="ListTables", body="{}",
                                    headers={"Content-Type": "application/x-amz-json-1.1"})[1]
        self.assertNotEqual(headers["x-amzn-RequestId"], again["x-amzn-RequestId"])
        self.assertEqual(again["Content-Type"], "application/x-amz-json-1.0")

    def test_errors_have_them_too(self):
        status, headers, body = self.server.request(target="DescribeTable", body='{"TableName": "nowhere"}')
        self.assertEqual(status, 400)
        self.assertEqual(int(headers["x-amz-crc32"]), zlib.crc32(body))
        self.assertEqual(json.loads(body)["__type"], "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException")

    def test_layers_of_errors(self):
        """Each layer has a namespace, and its own way to write the member for the message."""
        for target, body, kind, member in (
                ("DescribeTable", '{"TableName": 5}', "com.amazon.coral.service#SerializationException", "Message"),
                ("DescribeTable", "{", "com.amazon.coral.service#SerializationException", None),
                ("DescribeTables", "{}", "com.amazon.coral.service#UnknownOperationException", None),
                ("DescribeTable", "{}", "com.amazon.coral.validate#ValidationException", "message"),
                ("DescribeTable", '{"TableName": "nowhere"}',
                 "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "message")):
            answer = json.loads(self.server.request(target=target, body=body)[2])
            self.assertEqual(answer.pop("__type"), kind)
            self.assertEqual(list(answer), [member] if member else [])

    def test_large(self):
        """An answer that is summed up and sent in pieces is the same, also beside others and when its reader leaves."""
        table = {"TableName": "large", "BillingMode": "PAY_PER_REQUEST",
                 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                 "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}
        self.server.request(target="CreateTable", body=json.dumps(table))
        keys = [{"pk": {"S": str(number)}} for number in range(40)]
        for key in keys:
            item = {**key, "v": {"S": key["pk"]["S"] * 100000}}
            self.server.request(target="PutItem", body=json.dumps({"TableName": "large", "Item": item}))
        body = json.dumps({"RequestItems": {"large": {"Keys": keys}}})
        head = (f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.BatchGetItem\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        for _ in range(5):
            with self.server.connect() as connection:
                connection.sendall((head + body).encode())
                self.assertTrue(connection.recv(1000))
        for target, request in ("BatchGetItem", body), ("Scan", json.dumps({"TableName": "large"})):
            status, headers, answer = self.server.request(target=target, body=request)
            self.assertEqual(status, 200)
            self.assertGreater(len(answer), 900000)
            self.assertEqual(int(headers["Content-Length"]), len(answer))
            self.assertEqual(int(headers["x-amz-crc32"]), zlib.crc32(answer))
            for item in json.loads(answer).get("Items", []):
                self.assertEqual(item["v"]["S"], item["pk"]["S"] * 100000)

    def test_health(self):
        for path in "/", "/healthz", "/?x":
            status, headers, body = self.server.request("GET", path)
            self.assertEqual((status, headers["Content-Type"]), (200, "text/plain"))
            self.assertTrue(body.startswith(b"healthy: "))
        self.assertEqual(self.server.request("HEAD", "/")[::2], (200, b""))

    def test_other_paths_and_methods(self):
        for method, path, status in (("GET", "/nowhere", 404), ("POST", "/healthz", 405), ("PUT", "/", 405),
                                     ("DELETE", "/", 405), ("POST", "/x", 404), ("BREW", "/", 405)):
            with self.subTest(method=method, path=path):
                self.assertEqual(self.server.request(method, path)[0], status)

    def test_unknown_operations(self):
        for target in (None, "", "DynamoDB_20120810.", "DynamoDB_20120810.Levitate", "DynamoDB_20111205.ListTables",
                       "DynamoDBStreams_20120810.ListTables", "DynamoDB_20120810.ListStreams", "ListTables",
                       "DynamoDB_20120810.listtables"):
            with self.subTest(target=target):
                headers = {} if target is None else {"X-Amz-Target": target}
                self.check_error(self.server.request(headers=headers, body="{}"), 400, "UnknownOperationException")

    def test_not_json(self):
        for body in b"", b"no", b"[]", b"{", b'{"a": 1', b"\xff\xfe", b"\0" * 100, b"null", b'"x"', b"{} x":
            with self.subTest(body=body):
                answer = self.server.request(target="ListTables", body=body)
                self.check_error(answer, 400, "SerializationException")

    def test_metrics(self):
        self.server.request(target="ListTables", body="{}")
        status, headers, body = self.server.request("GET", "/metrics")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/plain; version=0.0.4"))
        samples = dict(line.rsplit(" ", 1) for line in body.decode().splitlines() if not line.startswith("#"))
        self.assertGreaterEqual(float(samples['hashrange_requests_total{operation="ListTables",status="2xx"}']), 1)
        self.assertGreater(float(samples["process_resident_memory_bytes"]), 100000)
        self.assertEqual(samples['hashrange_request_seconds_count{operation="ListTables"}'],
                         samples['hashrange_request_seconds_bucket{operation="ListTables",le="+Inf"}'])

    def test_many_requests_on_one_connection(self):
        with self.server.connect() as connection:
            # all at once, and answered in order
            connection.sendall(b"".join(make_request("DescribeTable", b'{"TableName": "t%03d"}' % number)
                                        for number in range(100)))
            received = b""
            while received.count(b"not found\"}") < 100:
                received += connection.recv(65536)
        self.assertEqual(re.findall(rb"Table: t(\d+) not found", received), [b"%03d" % number for number in range(100)])

    def test_expect(self):
        with self.server.connect() as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                               b"Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 100 "))
            connection.sendall(b"{}")
            self.assertEqual(receive(connection)[0], 200)

    def test_gzip(self):
        packed = gzip.compress(b'{"Limit": 1}' + b" " * 100000)
        answer = self.server.request(target="ListTables", body=packed, headers={"Content-Encoding": "gzip"})
        self.assertEqual(answer[0], 200)
        for body in packed[:-1], packed + b"x", b"", b"no gzip", packed[:12] + b"\0" * 40:
            answer = self.server.request(target="ListTables", body=body, headers={"Content-Encoding": "gzip"})
            self.assertEqual(answer[0], 500)
        for encoding, status in ("identity", 200), ("br", 500):
            answer = self.server.request(target="ListTables", body="{}", headers={"Content-Encoding": encoding})
            self.assertEqual(answer[0], status)


class Framing(SharedServer):
    """Where a body ends is certain, or the connection does."""

    def send(self, *lines, body=b""):
        return self.server.send("\r\n".join(["POST / HTTP/1.1", *lines]).encode() + b"\r\n\r\n" + body)

    def check_refused(self, *lines, body=b"", statuses=(400,)):
        with self.subTest(lines=lines):
            answer = self.send(*lines, body=body)
            self.assertIsNotNone(answer)
            self.assertIn(answer[0], statuses)
            self.assertEqual(answer[1]["Connection"], "close")
            self.check_alive(self.server)

    def test_ambiguous(self):
        host = "Host: localhost"
        chunked = "Transfer-Encoding: chunked"
        smuggled = b"0\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        self.check_refused(host, "Content-Length: 4", chunked, body=smuggled)
        self.check_refused(host, chunked, "Content-Length: 4", body=smuggled)
        self.check_refused(host, "Content-Length: 2", "Content-Length: 2", body=b"{}")
        self.check_refused(host, "Content-Length: 2", "content-length: 3", body=b"{} ")
        self.check_refused(host, "Content-Length: 2, 2", body=b"{}")
        self.check_refused(host, chunked, chunked, body=b"0\r\n\r\n")
        for coding in "gzip, chunked", "chunked, gzip", "identity", "xchunked", "chunked;q=1", "":
            self.check_refused(host, f"Transfer-Encoding: {coding}", body=b"0\r\n\r\n")

    def test_lengths(self):
        for length in "-1", "+2", "0x2", "2 2", "two", "2.0", "1e1", "99999999999999999999", "18446744073709551618":
            self.check_refused("Host: localhost", f"Content-Length: {length}", body=b"{}", statuses=(400, 413))

    def test_hosts(self):
        self.check_refused("Content-Length: 2", body=b"{}")
        self.check_refused("Host: localhost", "Host: localhost", "Content-Length: 2", body=b"{}")

    def test_odd_names(self):
        self.check_refused("Host: localhost", "Content-Length : 2", body=b"{}")
        self.check_refused("Host: localhost", "Bad Name: x")
        self.check_refused("Host: localhost", "no colon here")

    def test_chunked(self):
        target = "X-Amz-Target: DynamoDB_20120810.ListTables"
        answer = self.send("Host: localhost", target, "Transfer-Encoding: chunked",
                           body=b"1\r\n{\r\n1;extension=1\r\n}\r\n0\r\nTrailer: x\r\n\r\n")
        self.assertEqual(answer[0], 200)
        for body in b"x\r\n", b"-1\r\n{}\r\n0\r\n\r\n", b"fffffffffffffffff\r\n", b"2\r\n{}xx0\r\n\r\n", b"\r\n\r\n":
            with self.subTest(body=body):
                answer = self.send("Host: localhost", target, "Transfer-Encoding: chunked", body=body)
                self.assertTrue(answer is None or answer[0] in (400, 413))
                self.check_alive(self.server)
        self.assertEqual(self.server.send(b"POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                          b"0\r\n\r\n")[0], 400)

    def test_http_1_0(self):
        answer = self.server.send(b"POST / HTTP/1.0\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                                  b"Content-Length: 2\r\n\r\n{}")
        self.assertEqual(answer[0], 200)


class WebPages(SharedServer):
    def ask(self, server=None, method="POST", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return (server or self.server).request(method, target="ListTables", body="{}", headers=headers)

    def test_origins(self):
        for origin in "https://example.org", "null", "http://localhost:3000", "http://127.0.0.1", "":
            with self.subTest(origin=origin):
                self.check_error(self.ask(Origin=origin), 403, "AccessDeniedException")
        self.assertEqual(self.ask(Origin=self.server.url)[0], 200)

    def test_hosts(self):
        for host in "example.org", "example.org:8000", "localhost.example.org", "127.0.0.1.example.org", "128.0.0.1":
            with self.subTest(host=host):
                self.check_error(self.ask(Host=host), 403, "AccessDeniedException")
        for host in ("localhost", "LOCALHOST:8000", "127.0.0.1:1", "127.1.2.3", "[::1]:8000", "db.localhost:8000",
                     "host.docker.internal"):
            with self.subTest(host=host):
                self.assertEqual(self.ask(Host=host)[0], 200)

    def test_preflight_is_refused(self):
        answer = self.ask(method="OPTIONS", Origin="https://example.org")
        self.assertEqual(answer[0], 403)
        self.assertIsNone(answer[1]["Access-Control-Allow-Origin"])

    def test_allowed(self):
        server = self.start("--allow-origin", "https://example.org", "--allow-origin", "http://localhost:3000")
        for origin in "https://example.org", "http://localhost:3000":
            status, headers, _ = self.ask(server, Origin=origin)
            self.assertEqual((status, headers["Access-Control-Allow-Origin"], headers["Vary"]), (200, origin, "Origin"))
            self.assertIn("x-amz-crc32", headers["Access-Control-Expose-Headers"])
        self.assertEqual(self.ask(server, Origin="https://example.com")[0], 403)
        self.assertEqual(self.ask(server, Host="example.org:8000")[0], 200)
        self.assertEqual(self.ask(server, Host="example.org.example.com")[0], 403)
        status, headers, _ = self.ask(server, "OPTIONS", Origin="https://example.org",
                                      Access_Control_Request_Headers="x-amz-target,authorization")
        self.assertEqual((status, headers["Access-Control-Allow-Headers"]), (200, "x-amz-target,authorization"))
        self.assertIn("POST", headers["Access-Control-Allow-Methods"])

    def test_all_allowed(self):
        server = self.start("--allow-origin", "*")
        self.assertEqual(self.ask(server, Origin="null")[1]["Access-Control-Allow-Origin"], "*")

    def test_hosts_beyond_loopback(self):
        server = self.start("--host", "0.0.0.0")
        self.assertEqual(self.ask(server, Host="db.example.org:8000")[0], 200)
        self.assertEqual(self.ask(server, Host="db.example.org", Origin="https://example.org")[0], 403)


if __name__ == "__main__":
    tap.main()
