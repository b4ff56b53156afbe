"""What the tests of the endpoint share: the server as a program, requests as bytes and as JSON."""

import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "cruddur-messages.hashrange.json"
PROGRAM = os.environ.get("HASHRANGE_SERVE", str(ROOT / "build" / "app" / "endpoint" / "hashrange-serve"))
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}

sys.path.insert(0, str(ROOT / "tests"))


PATIENCE_S = 120  # for an answer that does not come
CUT_OFF_S = 10  # after which the server cuts off who is slow: what waits for that takes as long


def find_port():
    """A port that is free and stays so: it is not of those that are given to whoever asks for any."""
    for port in random.sample(range(12000, 32000), 100):
        with socket.socket() as candidate:
            try:
                candidate.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("there is no free port")


class Server:
    """A running `hashrange serve` on a free port, or on the one that the arguments name."""

    def __init__(self, *arguments, **ways):
        """`ways` are those of subprocess.Popen."""
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([PROGRAM, "--port", "0", *map(str, arguments)], stdout=subprocess.PIPE,
                                        stderr=self.errors, text=True, env=ENVIRONMENT, **ways)
        line = self.process.stdout.readline()
        match = re.search(r"http://(\S+):(\d+)$", line.strip())
        if match is None:
            self.process.wait()
            raise RuntimeError(f"the server says {line!r}: {self.read_errors()}")
        self.host, self.port = match.group(1).strip("[]"), int(match.group(2))
        self.url = match.group(0)

    def read_errors(self):
        self.errors.seek(0)
        return self.errors.read()

    def stop(self, number=signal.SIGTERM):
        """Gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=PATIENCE_S)
        self.process.stdout.close()
        return code

    def read_cpu_s(self):
        """Seconds of a processor that it has used, which are as many on a busy machine."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def connect(self):
        connection = socket.create_connection((self.host, self.port), timeout=PATIENCE_S)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def send(self, data):
        """Sends bytes on a connection of their own; gives (status, headers, body), or None when there is no answer."""
        with self.connect() as connection:
            try:
                connection.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return receive(connection)

    def request(self, method="POST", path="/", headers=None, body=b"", target=None):
        """Gives (status, headers, body)."""
        headers = dict(headers or {})
        if target is not None:
            headers["X-Amz-Target"] = f"DynamoDB_20120810.{target}"
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def call(self, operation, request, headers=None):
        """Gives the answer's JSON; its status must be 200."""
        status, _, body = self.request(target=operation, body=json.dumps(request), headers=headers)
        if status != 200:
            raise AssertionError(f"{operation} answers {status}: {body[:500]}")
        return json.loads(body)


def receive(connection):
    """The next answer on a connection as (status, headers, body), or None."""
    response = http.client.HTTPResponse(connection)
    try:
        response.begin()
        return response.status, response.headers, response.read()
    except (http.client.HTTPException, ConnectionError):
        return None
    finally:
        response.close()


def make_request(target, body, *headers):
    """The bytes of a POST."""
    lines = ["POST / HTTP/1.1", "Host: localhost", f"X-Amz-Target: DynamoDB_20120810.{target}",
             f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def create_table(name="things", range_key=None):
    """A CreateTable request."""
    keys = [("pk", "HASH")] + ([(range_key, "RANGE")] if range_key else [])
    return {"TableName": name, "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"} for key, _ in keys],
            "KeySchema": [{"AttributeName": key, "KeyType": kind} for key, kind in keys]}


class Case(unittest.TestCase):
    """A test with a scratch folder, and servers that stop with it and must stop well."""

    maxDiff = 4000

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hashrange-test-"))
        self.addCleanup(shutil.rmtree, self.folder, True)

    def start(self, *arguments, **ways):
        server = Server(*arguments, **ways)
        self.addCleanup(self.finish, server)
        return server

    def finish(self, server):
        if server.process.poll() is None:
            self.assertEqual(server.stop(), 0, server.read_errors())

    def check_alive(self, server):
        self.assertEqual(server.request("GET", "/healthz")[0], 200)

    def check_error(self, answer, status, name):
        self.assertIsNotNone(answer)
        self.assertEqual(answer[0], status, answer[2][:300])
        self.assertEqual(json.loads(answer[2])["__type"].split("#")[1], name)


class SharedServer(Case):
    """Tests that need nothing special of their server use one together."""

    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.arguments)

    @classmethod
    def tearDownClass(cls):
        if cls.server.stop() != 0:
            raise AssertionError(f"the server did not stop well: {cls.server.read_errors()}")
