"""The program: options, ports, models, files, and what is left when it ends."""

import concurrent.futures
import functools
import json
import os
import random
import re
import resource
import signal
import socket
import subprocess
import threading
import time
import urllib.request

from support import (CUT_OFF_S, ENVIRONMENT, PATIENCE_S, PROGRAM, SAMPLE, Case, Server, create_table, find_port,
                     make_request, receive)

import tap

VERIFY = os.environ.get("HASHRANGE_VERIFY", "")


class Program(Case):
    def run_program(self, *arguments, expect=2):
        result = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE_S,
                                env=ENVIRONMENT)
        self.assertEqual(result.returncode, expect, result.stderr)
        return result.stdout, result.stderr

    def test_signals(self):
        for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP:
            server = Server()
            self.check_alive(server)
            self.assertEqual(server.stop(number), 0)

    def test_stops_with_connections_open(self):
        server = Server()
        connections = [server.connect() for _ in range(20)]
        connections[0].sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")
        start = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - start, CUT_OFF_S)
        for connection in connections:
            connection.close()

    def test_arguments(self):
        self.assertIn("--sync", self.run_program("--help", expect=0)[0])
        for arguments, reason in ((["a", "b"], "one model"), (["--port", "65536"], "65535"), (["--sync", "x"], "“x”"),
                                  (["--require-auth", "x"], "KEY:SECRET"), (["--levitate"], "--levitate"),
                                  (["--host", "no.such.host.invalid"], "no.such.host.invalid"),
                                  (["--db", self.folder], str(self.folder))):
            with self.subTest(arguments=arguments):
                self.assertIn(reason, self.run_program(*arguments)[1])

    def test_validation(self):
        request = json.dumps({"TableName": "", "Key": {}})
        signed = "AWS4-HMAC-SHA256 Credential=key/20260101/{}/dynamodb/aws4_request, SignedHeaders=host, Signature=00"
        for arguments, new, old in (((), "us-east-1", "eu-south-2"), (("--validation", "new"), "eu-south-2", None),
                                    (("--validation", "old"), None, "us-east-1")):
            server = self.start(*arguments)
            for region, name in (new, b"'TableName'"), (old, b"'tableName'"):
                if region is not None:
                    headers = {"Authorization": signed.format(region)}
                    self.assertIn(name, server.request(target="GetItem", body=request, headers=headers)[2])

    def test_port_taken(self):
        server = self.start("--port", find_port())
        _, errors = self.run_program("--port", server.port)
        self.assertIn(f"(process {server.process.pid})", errors)
        proposed = int(re.search(r"--port (\d+)", errors).group(1))
        self.assertGreater(proposed, server.port)
        self.assertEqual(Server("--port", proposed).stop(), 0)

    def test_both_loopback_addresses(self):
        server = self.start()
        try:
            connection = socket.create_connection(("::1", server.port), timeout=10)
        except OSError:
            self.skipTest("there is no ::1 here")
        with connection:
            connection.sendall(make_request("ListTables", b"{}"))
            self.assertEqual(receive(connection)[0], 200)

    def test_same_port_again(self):
        port = find_port()
        for _ in range(3):
            server = Server("--port", port)
            self.check_alive(server)
            self.assertEqual(server.stop(), 0)

    def test_log(self):
        server = self.start("--log")
        server.request(target="ListTables", body="{}")
        server.request("GET", "/nowhere")
        server.stop()
        lines = server.read_errors().splitlines()
        self.assertEqual(len(lines), 2)
        self.assertRegex(lines[0], r"^\S+Z POST ListTables 200 2 B 17 B \d+ us$")
        self.assertRegex(lines[1], r"^\S+Z GET - 404 0 B ")

    def test_many_connections(self):
        server = self.start()
        connections = []
        try:
            for _ in range(600):
                connections.append(server.connect())
        except OSError:
            pass
        for connection in connections[::50]:
            connection.sendall(make_request("ListTables", b"{}"))
            self.assertEqual(receive(connection)[0], 200)
        for connection in connections:
            connection.close()
        self.check_alive(server)


class Models(Case):
    def test_model(self):
        server = self.start(SAMPLE)
        count = server.call("Scan", {"TableName": "cruddur-messages", "Select": "COUNT"})["Count"]
        self.assertEqual(count, len(list(self.items())))

    def items(self):
        for table in json.loads(SAMPLE.read_text())["tables"]:
            yield from table["items"]

    def test_model_in_a_file(self):
        database = self.folder / "data.db"
        server = self.start(SAMPLE, "--db", database)
        item = next(self.items())
        key = {name: item[name] for name in ("pk", "sk")}
        server.call("DeleteItem", {"TableName": "cruddur-messages", "Key": key})
        self.assertEqual(server.stop(), 0)
        server = self.start(SAMPLE, "--db", database)
        # the tables are there already, and are left as they were
        self.assertEqual(server.call("GetItem", {"TableName": "cruddur-messages", "Key": key}), {})

    def test_no_model(self):
        for name in "nowhere.hashrange.json", "empty.json":
            (self.folder / "empty.json").write_text("[]")
            result = subprocess.run([PROGRAM, self.folder / name, "--port", "0"], capture_output=True, text=True,
                                    timeout=PATIENCE_S, env=ENVIRONMENT)
            self.assertEqual(result.returncode, 2)
            self.assertIn(name, result.stderr)


class Credentials(Case):
    def headers(self, key, region):
        return {"Authorization": f"AWS4-HMAC-SHA256 Credential={key}/20261120/{region}/dynamodb/aws4_request, "
                                 "SignedHeaders=host, Signature=0"}

    def test_together(self):
        server = self.start()
        server.call("CreateTable", create_table(), self.headers("a", "us-east-1"))
        for headers in self.headers("b", "eu-west-1"), {}, {"Authorization": "Bearer x"}:
            self.assertEqual(server.call("ListTables", {}, headers)["TableNames"], ["things"])

    def test_apart(self):
        for arguments in [], ["--db", self.folder / "data.db"]:
            server = self.start("--per-credentials", *arguments)
            server.call("CreateTable", create_table(), self.headers("a", "us-east-1"))
            for key, region, names in (("a", "us-east-1", ["things"]), ("a", "us-west-1", []),
                                       ("b/c", "us-east-1", [])):
                self.assertEqual(server.call("ListTables", {}, self.headers(key, region))["TableNames"], names)
            self.check_error(server.request(target="ListTables", body="{}"), 400, "MissingAuthenticationTokenException")
            self.assertEqual(server.stop(), 0)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()),
                         ["data.db.a.us-east-1", "data.db.a.us-west-1", "data.db.b%2Fc.us-east-1"])

    def test_too_many(self):
        server = self.start("--per-credentials")
        for number in range(64):
            server.call("ListTables", {}, self.headers(f"key{number}", "us-east-1"))
        answer = server.request(target="ListTables", body="{}", headers=self.headers("one-more", "us-east-1"))
        self.check_error(answer, 500, "InternalServerError")
        answer = server.request(target="ListTables", body="{}", headers=self.headers("x" * 5000, "us-east-1"))
        self.check_error(answer, 500, "InternalServerError")
        self.assertEqual(server.call("ListTables", {}, self.headers("key0", "us-east-1"))["TableNames"], [])


class Files(Case):
    """Nothing that was acknowledged is lost, however the program ends."""

    WRITERS = 8
    KILLS = 50

    def setUp(self):
        super().setUp()
        self.database = self.folder / "data.db"

    def write(self, server, writer, acknowledged, stop):
        """Puts, updates and transactions over one connection until it ends; notes what was acknowledged."""
        number = 0
        try:
            with server.connect() as connection:
                while not stop.is_set():
                    key = {"pk": {"S": writer}, "sk": {"S": f"{number:06d}"}}
                    item = {**key, "owner": {"S": f"o{number % 7}"}, "n": {"N": str(number)}}
                    put = {"TableName": "things", "Item": item}
                    if number % 3 == 1:
                        operation = "UpdateItem"
                        request = {"TableName": "things", "Key": key, "UpdateExpression": "SET #o = :o, n = :n",
                                   "ExpressionAttributeNames": {"#o": "owner"},
                                   "ExpressionAttributeValues": {":o": item["owner"], ":n": item["n"]}}
                    elif number % 3 == 2:
                        other = {**item, "sk": {"S": f"{number:06d}+"}}
                        operation = "TransactWriteItems"
                        request = {"TransactItems": [{"Put": put}, {"Put": {**put, "Item": other}}]}
                    else:
                        operation, request = "PutItem", put
                    connection.sendall(make_request(operation, json.dumps(request).encode()))
                    answer = receive(connection)
                    if answer is None or answer[0] != 200:
                        return
                    acknowledged.append((writer, number))
                    number += 1
        except OSError:
            pass

    def load(self, server, count, end, prefix=""):
        """Writes from several connections; when so many are acknowledged, `end` ends the server in the middle of it."""
        acknowledged, stop = [], threading.Event()
        with concurrent.futures.ThreadPoolExecutor(self.WRITERS) as pool:
            futures = [pool.submit(self.write, server, f"{prefix}{writer}", acknowledged, stop)
                       for writer in range(self.WRITERS)]
            while len(acknowledged) < count and not all(future.done() for future in futures):
                time.sleep(0.001)
            code = end()
            stop.set()
            for future in futures:
                future.result()
        return code, acknowledged

    def create(self, server):
        table = create_table("things", "sk")
        table["AttributeDefinitions"].append({"AttributeName": "owner", "AttributeType": "S"})
        table["GlobalSecondaryIndexes"] = [{"IndexName": "by-owner", "Projection": {"ProjectionType": "ALL"},
                                            "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}]}]
        server.call("CreateTable", table)

    def scan(self, server, **request):
        """Keys of all items."""
        request, keys = {"TableName": "things", **request}, set()
        while True:
            answer = server.call("Scan", request)
            keys |= {(item["pk"]["S"], item["sk"]["S"]) for item in answer["Items"]}
            if "LastEvaluatedKey" not in answer:
                return keys
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def verify(self):
        """Whether indexes are what the rows make them; no server may run."""
        if VERIFY:
            subprocess.run([VERIFY, self.database, "things"], check=True, timeout=PATIENCE_S)

    def check(self, acknowledged):
        self.verify()
        server = self.start("--db", self.database)
        keys = self.scan(server)
        missing = [(writer, number) for writer, number in acknowledged if (writer, f"{number:06d}") not in keys]
        self.assertEqual(missing, [])
        # of a transaction both items or none, acknowledged or not
        halves = [(writer, sort) for writer, sort in keys if int(sort.rstrip("+")) % 3 == 2
                  and (writer, sort.rstrip("+") if sort.endswith("+") else sort + "+") not in keys]
        self.assertEqual(halves, [])
        self.assertEqual(keys, self.scan(server, IndexName="by-owner"))
        count = server.call("DescribeTable", {"TableName": "things"})["Table"]["ItemCount"]
        self.assertEqual(count, len(keys))
        self.assertEqual(server.stop(), 0)

    def test_kill(self):
        for sync in "full", "normal", "off":
            with self.subTest(sync=sync):
                self.database = self.folder / f"{sync}.db"
                server = self.start("--db", self.database, "--sync", sync)
                self.create(server)
                code, acknowledged = self.load(server, 500, lambda: server.stop(signal.SIGKILL))
                self.assertEqual(code, -signal.SIGKILL)
                self.assertGreater(len(acknowledged), 20)
                self.check(acknowledged)

    def test_kill_again_and_again(self):
        """One file is written to by a server after the other, each of which is killed in the middle of it."""
        chance, acknowledged = random.Random(4), []
        for number in range(self.KILLS):
            server = self.start("--db", self.database, "--sync", ("full", "normal", "off")[number % 3])
            if number == 0:
                self.create(server)
            kill = functools.partial(server.stop, signal.SIGKILL)
            code, more = self.load(server, chance.randrange(100), kill, f"{number}.")
            self.assertEqual(code, -signal.SIGKILL)
            acknowledged += more
            self.verify()
        self.assertGreater(len(acknowledged), 10 * self.KILLS)
        self.check(acknowledged)

    def test_terminate(self):
        server = self.start("--db", self.database)
        self.create(server)
        code, acknowledged = self.load(server, 500, server.stop)
        self.assertEqual(code, 0)
        self.assertGreater(len(acknowledged), 20)
        self.assertFalse((self.folder / "data.db-wal").exists())
        self.check(acknowledged)

    def test_commits_are_shared(self):
        server = self.start("--db", self.database)
        self.create(server)
        self.load(server, 500, lambda: 0)
        with urllib.request.urlopen(f"{server.url}/metrics") as response:
            samples = dict(line.rsplit(" ", 1) for line in response.read().decode().splitlines() if line[0] != "#")
        self.assertLess(float(samples["hashrange_commits_total"]), float(samples["hashrange_committed_requests_total"]))

    def test_own_writes_are_read(self):
        server = self.start("--db", self.database)
        self.create(server)
        with server.connect() as writer, server.connect() as reader:
            for number in range(200):
                key = {"pk": {"S": "p"}, "sk": {"S": str(number)}}
                writer.sendall(make_request("PutItem", json.dumps({"TableName": "things", "Item": key}).encode()))
                self.assertEqual(receive(writer)[0], 200)
                reader.sendall(make_request("GetItem", json.dumps({"TableName": "things", "Key": key}).encode()))
                self.assertEqual(json.loads(receive(reader)[2]), {"Item": key})

    def test_errors_within_a_shared_commit(self):
        server = self.start("--db", self.database)
        self.create(server)
        good = {"TableName": "things", "Item": {"pk": {"S": "p"}, "sk": {"S": "s"}}}
        bad = {**good, "ConditionExpression": "attribute_exists(nowhere)"}
        connections = [server.connect() for _ in range(32)]
        for _ in range(20):
            for number, connection in enumerate(connections):
                request = bad if number % 4 == 0 else good
                connection.sendall(make_request("PutItem", json.dumps(request).encode()))
            statuses = [receive(connection)[0] for connection in connections]
            self.assertEqual(statuses, [400 if number % 4 == 0 else 200 for number in range(32)])
        for connection in connections:
            connection.close()

    def test_disk_full(self):
        """What cannot be written is not acknowledged, and what was acknowledged stays."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (3000000, 3000000))

        server = self.start("--db", self.database, preexec_fn=limit, restore_signals=False)
        self.create(server)
        connections = [server.connect() for _ in range(8)]
        acknowledged, refused = set(), set()
        for number in range(200):
            for writer, connection in enumerate(connections):
                item = {"pk": {"S": str(writer)}, "sk": {"S": f"{number:06d}"}, "t": {"S": "x" * 3000}}
                connection.sendall(make_request("PutItem", json.dumps({"TableName": "things", "Item": item}).encode()))
            for writer, connection in enumerate(connections):
                status = receive(connection)[0]
                self.assertIn(status, (200, 500))
                (acknowledged if status == 200 else refused).add((str(writer), f"{number:06d}"))
        for connection in connections:
            connection.close()
        self.assertGreater(len(acknowledged), 100)
        self.assertGreater(len(refused), 100)
        self.assertEqual(self.scan(server), acknowledged)
        self.assertEqual(server.stop(), 0)
        self.assertEqual(self.scan(self.start("--db", self.database)), acknowledged)

    def test_in_use(self):
        self.start("--db", self.database)
        result = subprocess.run([PROGRAM, "--port", "0", "--db", self.database], capture_output=True, text=True,
                                timeout=PATIENCE_S, env=ENVIRONMENT)
        self.assertEqual(result.returncode, 2)
        self.assertIn("in use", result.stderr)

    def test_refused(self):
        """What is damaged, newer or not ours is named, and stays as it is."""
        server = self.start("--db", self.database)
        self.create(server)
        self.load(server, 200, server.stop)
        good = self.database.read_bytes()
        damaged = good[:8192] + bytes(8192 * 3) + good[8192 * 4:]
        newer = good[:60] + (99).to_bytes(4, "big") + good[64:]
        for name, content, reason in (("damaged", damaged, "is damaged"), ("cut", good[:8192 * 2], "is damaged"),
                                      ("newer", newer, "newer version"), ("text", b"{}" * 100, "is no database")):
            with self.subTest(name=name):
                path = self.folder / name
                path.write_bytes(content)
                result = subprocess.run([PROGRAM, "--port", "0", "--db", path], capture_output=True, text=True,
                                        timeout=PATIENCE_S, env=ENVIRONMENT)
                self.assertEqual((result.returncode, result.stdout), (2, ""))
                self.assertIn(name, result.stderr)
                self.assertIn(reason, result.stderr)
                self.assertEqual(path.read_bytes(), content)
                self.assertEqual([other.name for other in self.folder.glob(f"{name}*")], [name])

    def test_clients_that_leave(self):
        server = self.start("--db", self.database)
        self.create(server)
        for number in range(300):
            item = {"pk": {"S": "left"}, "sk": {"S": str(number)}}
            with server.connect() as connection:
                connection.sendall(make_request("PutItem", json.dumps({"TableName": "things", "Item": item}).encode()))
        self.check_alive(server)


if __name__ == "__main__":
    tap.main()
