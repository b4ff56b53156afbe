"""What no input may do: end the server, stall it, or make it take memory without end."""

import gzip
import json
import pathlib
import random
import re
import time

from support import CUT_OFF_S, Case, SharedServer, create_table, make_request, receive

import tap

BODY_MAX = 16 * 1024 * 1024
BUFFERS_MAX = 256 * 1024 * 1024
LIST = b"{}"


class Hostile(SharedServer):
    """Whatever comes in, the next one is served."""

    def need_table(self):
        if "things" not in self.server.call("ListTables", {})["TableNames"]:
            self.server.call("CreateTable", create_table())

    def test_too_large(self):
        body = b'{"TableName": "' + b"x" * BODY_MAX + b'"}'
        answer = self.server.send(make_request("DescribeTable", body))
        self.check_error(answer, 413, "RequestEntityTooLargeException")
        self.check_alive(self.server)

    def test_as_large_as_can_be(self):
        body = b"{" + b" " * (BODY_MAX - 2) + b"}"
        self.assertEqual(self.server.send(make_request("ListTables", body))[0], 200)

    def test_announced_too_large(self):
        answer = self.server.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\n")
        self.check_error(answer, 413, "RequestEntityTooLargeException")

    def test_chunks_without_end(self):
        with self.server.connect() as connection:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
            with self.assertRaises(OSError):
                for _ in range(200):
                    connection.sendall(chunk)
        self.check_alive(self.server)

    def test_gzip_bomb(self):
        bomb = gzip.compress(b" " * (200 * 1024 * 1024), 9)
        self.assertLess(len(bomb), 300000)
        before = self.server.read_cpu_s()
        answer = self.server.send(make_request("ListTables", bomb, "Content-Encoding: gzip"))
        self.check_error(answer, 413, "RequestEntityTooLargeException")
        self.assertLess(self.server.read_cpu_s() - before, 10)

    def test_deep_json(self):
        for opening, closing in (b"[", b"]"), (b'{"M":', b"}"):
            for depth in 100, 1000, 100000, 2000000:
                body = b'{"TableName": "t", "Item": {"a": ' + opening * depth + closing * depth + b"}}"
                with self.subTest(depth=depth):
                    answer = self.server.send(make_request("PutItem", body))
                    self.assertEqual(answer[0], 400)
        self.check_alive(self.server)

    def test_heads(self):
        long = b"x" * 10000
        for data, statuses in (
            (b"GET /" + long * 2 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", (414, 431)),
            (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + long * 2 + b"\r\n\r\n", (431,)),
            (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + long * 10 + b"\r\n\r\n", (431,)),
            (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Many: x\r\n" * 5000 + b"\r\n", (431,)),
            (long * 100, (400, 414, 431)),
            (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", (400, 505)),
            (b"GET / HTTP/2.0\r\n\r\n", (400, 505)),
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 505)),
            (b"GET\r\n\r\n", (400, 505)),
            (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x11" * 200 + b"\r\n\r\n", (400,)),
        ):
            with self.subTest(data=data[:60]):
                answer = self.server.send(data)
                self.assertTrue(answer is None or answer[0] in statuses, answer)
                self.check_alive(self.server)

    def test_heads_of_many_sizes(self):
        """Around the size that is too large."""
        for size in range(15000, 40000, 500):
            answer = self.server.send(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * size + b"\r\n\r\n")
            if size < 32000 or size > 33000:
                self.assertEqual(answer[0], 200 if size < 16300 else 431)
            else:
                # there may be no memory left for an answer
                self.assertTrue(answer is None or answer[0] == 431)

    def test_numbers(self):
        """Numbers that are no numbers of the service, as attributes and in requests."""
        self.need_table()
        for number in ("1e126", "-1e126", "1e-131", "1e999999999999", "1e-999999999999", "9" * 39, "0." + "1" * 39,
                       "1" * 1000000, "1" + "0" * 1000000, "0" * 1000000 + "1e", "+", "-", ".", "e5", "1e", "1e+",
                       "0x1", "1_0", "Infinity", "NaN", "", " 1", "1 ", "1\u0000", "\u0661", "--1", "1.2.3"):
            with self.subTest(number=number[:20]):
                item = {"pk": {"S": "1"}, "n": {"N": number}}
                answer = self.server.send(make_request("PutItem", json.dumps({"TableName": "things",
                                                                             "Item": item}).encode()))
                self.check_error(answer, 400, "ValidationException")
        for number in "1e400", "-1e400", "1" * 100000, "99999999999999999999", "1.5", "-1", "0", "1e-400", "-0":
            with self.subTest(number=number[:20]):
                body = b'{"TableName": "things", "Limit": ' + number.encode() + b"}"
                self.assertIn(self.server.send(make_request("Scan", body))[0], (200, 400))
        zeros = {"pk": {"S": "zeros"}, "n": {"N": "0" * 100000 + "1." + "0" * 100000}}
        self.server.call("PutItem", {"TableName": "things", "Item": zeros})
        item = self.server.call("GetItem", {"TableName": "things", "Key": {"pk": {"S": "zeros"}}})["Item"]
        self.assertEqual(item["n"], {"N": "1"})

    def test_expressions(self):
        """Long, deep and wide ones are refused, and quickly."""
        self.need_table()
        before = self.server.read_cpu_s()
        for expression in ("(" * 1000000, "(" * 2000 + "a = :v" + ")" * 2000, "NOT " * 1000 + "a = :v",
                           " OR ".join(["a = :v"] * 400), "a IN (" + ", ".join([":v"] * 1000) + ")",
                           ".".join(["a"] * 2000) + " = :v", "a" + "[0]" * 1000 + " = :v",
                           "a[99999999999999999999] = :v",
                           "x" * 5000000, "size(" * 1000 + "a" + ")" * 1000 + " = :v", "#" * 4000, ":" * 4000,
                           "\u0000", "a = :v \ud83d", "\ufeffa = :v", "a = :v" + " " * 5000):
            for name in "FilterExpression", "ProjectionExpression", "KeyConditionExpression":
                request = {"TableName": "things", name: expression, "ExpressionAttributeValues": {":v": {"N": "1"}}}
                operation = "Query" if name.startswith("Key") else "Scan"
                with self.subTest(expression=expression[:20], name=name):
                    answer = self.server.send(make_request(operation, json.dumps(request).encode()))
                    self.assertEqual(answer[0], 400)
        many = {f":v{number}": {"N": "1"} for number in range(100000)}
        answer = self.server.send(make_request("Scan", json.dumps({"TableName": "things", "FilterExpression": "a = :v0",
                                                                   "ExpressionAttributeValues": many}).encode()))
        self.assertEqual(answer[0], 400)
        self.assertLess(self.server.read_cpu_s() - before, 60)
        self.check_alive(self.server)

    def test_encodings(self):
        """What is no UTF-8, or JSON in other coats."""
        self.need_table()
        good = '{"TableName": "things", "Key": {"pk": {"S": "ä"}}}'
        for body in (good.encode("latin-1"), good.encode("utf-16"), good.encode("utf-16-le"), good.encode("utf-32"),
                     b"\xef\xbb\xbf" + good.encode(), good.encode().replace("ä".encode(), b"\xc0\x80"),
                     good.encode().replace("ä".encode(), b"\xed\xa0\x80"), good.encode().replace("ä".encode(), b"\xff"),
                     good.encode().replace("ä".encode(), b"\xf4\x90\x80\x80"), good.encode()[:-9] + b"\xc3",
                     good.encode().replace("ä".encode(), b"\n"), good.encode().replace("ä".encode(), b"\\ud800"),
                     good.encode().replace("ä".encode(), b"\\x41"), good.encode().replace(b'"', b"'")):
            with self.subTest(body=body):
                answer = self.server.send(make_request("GetItem", body))
                self.assertEqual(answer[0], 400)
                answer[2].decode()
        for content_type in "application/json; charset=utf-16", "text/plain", "multipart/form-data; boundary=x", "":
            with self.subTest(content_type=content_type):
                answer = self.server.send(make_request("GetItem", good.encode(), f"Content-Type: {content_type}"))
                self.assertEqual((answer[0], answer[2]), (200, b"{}"))

    def test_gzip_in_gzip(self):
        bomb = gzip.compress(gzip.compress(b"{}" + b" " * 1000000))
        answer = self.server.send(make_request("ListTables", bomb, "Content-Encoding: gzip"))
        self.check_error(answer, 400, "SerializationException")
        answer = self.server.send(make_request("ListTables", bomb, "Content-Encoding: gzip, gzip"))
        self.assertEqual(answer[0], 500)

    def test_pipelined_in_pieces(self):
        """Requests behind one another, cut anywhere, are answered in order."""
        self.need_table()
        stream = b""
        for number in range(60):
            item = {"pk": {"S": f"p{number}"}, "t": {"S": "x" * (number * 37)}}
            stream += make_request("PutItem", json.dumps({"TableName": "things", "Item": item}).encode())
            stream += make_request("GetItem", json.dumps({"TableName": "things", "Key": {"pk": item["pk"]}}).encode())
        generator = random.Random(7)
        with self.server.connect() as connection:
            place = 0
            while place < len(stream):
                length = generator.randrange(1, 4000)
                connection.sendall(stream[place:place + length])
                place += length
            received = b""
            while received.count(b"HTTP/1.1 200 ") < 120 or not received.endswith(b"}"):
                piece = connection.recv(1 << 20)
                self.assertNotEqual(piece, b"")
                received += piece
        self.assertEqual(re.findall(rb'"pk":{"S":"p(\d+)"}', received), [b"%d" % number for number in range(60)])

    def test_chunks_cut_off(self):
        body = b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n" \
               b"Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n"
        for length in range(len(body)):
            with self.server.connect() as connection:
                connection.sendall(body[:length])
        self.check_alive(self.server)

    def test_truncated(self):
        request = make_request("PutItem", b'{"TableName": "t", "Item": {"pk": {"S": "1"}}}')
        for length in range(0, len(request), 7):
            with self.server.connect() as connection:
                connection.sendall(request[:length])
        with self.server.connect() as connection:
            connection.sendall(b"\0" * 1000 + b"\r\n\r\n")
        self.check_alive(self.server)

    def test_gone_before_the_answer(self):
        for _ in range(200):
            with self.server.connect() as connection:
                connection.sendall(make_request("ListTables", LIST))
        self.check_alive(self.server)

    def test_random_bytes(self):
        generator = random.Random(4)
        request = make_request("PutItem", b'{"TableName": "t", "Item": {"pk": {"S": "1"}, "n": {"N": "1"}}}')
        for _ in range(300):
            data = bytearray(request)
            for _ in range(generator.randrange(1, 12)):
                data[generator.randrange(len(data))] = generator.randrange(256)
            with self.server.connect() as connection:
                connection.sendall(data)
        self.check_alive(self.server)

    def test_slow_clients_stall_nobody(self):
        slow = [self.server.connect() for _ in range(200)]
        for connection in slow:
            connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
        start = time.monotonic()
        for _ in range(50):
            self.assertEqual(self.server.request(target="ListTables", body="{}")[0], 200)
        self.assertLess(time.monotonic() - start, CUT_OFF_S)
        for connection in slow:
            connection.close()

    def test_answers_that_nobody_reads(self):
        self.server.call("CreateTable", create_table("large", "sk"))
        for number in range(4):
            item = {"pk": {"S": "p"}, "sk": {"S": str(number)}, "t": {"S": "x" * 250000}}
            self.server.call("PutItem", {"TableName": "large", "Item": item})
        scan = make_request("Scan", b'{"TableName": "large"}')
        deaf = [self.server.connect() for _ in range(20)]
        for connection in deaf:
            connection.sendall(scan * 20)
        start = time.monotonic()
        for _ in range(20):
            self.assertEqual(self.server.request(target="ListTables", body="{}")[0], 200)
        self.assertLess(time.monotonic() - start, CUT_OFF_S)
        for connection in deaf:
            connection.close()
        self.check_alive(self.server)


class Memory(Case):
    """However much is sent, what is kept of it has a bound."""

    def read_peak(self, server):
        """The most memory that the server has had, in bytes."""
        status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024

    def is_sanitized(self, server):
        """Then memory that is no longer used stays for a while."""
        return "libasan" in pathlib.Path(f"/proc/{server.process.pid}/maps").read_text()

    def check_peak(self, server, before, allowed):
        if not self.is_sanitized(server):
            self.assertLess(self.read_peak(server) - before, allowed)

    def test_bodies(self):
        """Forty bodies of 16 MB at once are more than there is room for."""
        server = self.start()
        before = self.read_peak(server)
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n" \
               b"Content-Length: %d\r\n\r\n" % BODY_MAX
        connections = [server.connect() for _ in range(40)]
        for connection in connections:
            connection.sendall(head + b"{" + b" " * (BODY_MAX - 1000))
        self.check_alive(server)
        statuses = []
        for connection in connections:
            connection.sendall(b" " * 998 + b"}")
            statuses.append(receive(connection)[0])
            connection.close()
        self.assertEqual(set(statuses), {200, 503})
        self.check_peak(server, before, BUFFERS_MAX + 64 * 1024 * 1024)
        self.assertEqual(server.call("ListTables", {}), {"TableNames": []})

    def test_answers(self):
        """Large answers that nobody reads are kept, but only so many."""
        server = self.start()
        server.call("CreateTable", create_table())
        for number in range(40):
            item = {"pk": {"S": str(number)}, "t": {"S": "x" * 390000}}
            server.call("PutItem", {"TableName": "things", "Item": item})
        keys = [{"pk": {"S": str(number)}} for number in range(40)]
        request = make_request("BatchGetItem", json.dumps({"RequestItems": {"things": {"Keys": keys}}}).encode())
        before = self.read_peak(server)
        connections = [server.connect() for _ in range(40)]
        for connection in connections:
            connection.sendall(request)
        # those who ask later wait until who does not read is cut off
        while server.request(target="ListTables", body="{}")[0] != 200:
            time.sleep(0.1)
        self.check_alive(server)
        for connection in connections:
            connection.close()
        self.check_peak(server, before, BUFFERS_MAX + 128 * 1024 * 1024)

    def test_gzip_bombs(self):
        server = self.start()
        before = self.read_peak(server)
        bomb = make_request("ListTables", gzip.compress(b" " * (64 * 1024 * 1024)), "Content-Encoding: gzip")
        connections = [server.connect() for _ in range(40)]
        for connection in connections:
            connection.sendall(bomb)
        self.assertEqual({receive(connection)[0] for connection in connections}, {413})
        for connection in connections:
            connection.close()
        self.check_peak(server, before, 96 * 1024 * 1024)


if __name__ == "__main__":
    tap.main()
