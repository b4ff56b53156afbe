"""`hashrange call`, the reports for machines, and endpoints."""

import http.server
import json
import pathlib
import re
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from support import PROGRAM, ROOT, SAMPLE, Case
import tap

import jsonschema

SCHEMAS = ROOT / "resources"
TABLE = {
    "TableName": "Music",
    "AttributeDefinitions": [{"AttributeName": "Artist", "AttributeType": "S"},
                             {"AttributeName": "Title", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "Artist", "KeyType": "HASH"}, {"AttributeName": "Title", "KeyType": "RANGE"}],
    "BillingMode": "PAY_PER_REQUEST",
}


class Call(Case):
    def setUp(self):
        super().setUp()
        self.database = self.folder / "music.db"

    def test_a_database_keeps_what_was_written(self):
        where = "--db", self.database
        self.assertEqual(self.call("CreateTable", TABLE, *where)["TableDescription"]["TableStatus"], "ACTIVE")
        item = {"Artist": {"S": "Nina"}, "Title": {"S": "a\u0000b 🎵"}, "Plays": {"N": "9007199254740993"}}
        self.call("PutItem", {"TableName": "Music", "Item": item}, *where)
        key = {name: item[name] for name in ("Artist", "Title")}
        self.assertEqual(self.call("GetItem", {"TableName": "Music", "Key": key}, *where)["Item"], item)
        self.assertEqual(self.call("ListTables", {}, *where)["TableNames"], ["Music"])

    def test_errors_of_the_service_exit_with_1(self):
        error = self.call("GetItem", {"TableName": "none", "Key": {"a": {"S": "b"}}}, "--db", self.database, expect=1)
        self.assertTrue(error["__type"].endswith("#ResourceNotFoundException"))
        error = self.call("Levitate", {}, "--db", self.database, expect=1)
        self.assertTrue(error["__type"].endswith("#UnknownOperationException"))

    def test_a_model_is_not_changed(self):
        before = SAMPLE.read_bytes()
        item = {"pk": {"S": "MSG#new"}, "sk": {"S": "1"}}
        self.call("PutItem", {"TableName": "cruddur-messages", "Item": item}, "--model", SAMPLE)
        self.assertEqual(SAMPLE.read_bytes(), before)

    def test_a_foreign_file_is_left_alone(self):
        self.database.write_bytes(b"no database at all " * 100)
        before = self.database.read_bytes()
        _, errors = self.hashrange("call", "ListTables", "--db", self.database, expect=2)
        self.assertIn(str(self.database), errors)
        self.assertEqual(self.database.read_bytes(), before)

    def test_validation(self):
        for layer, name in ("new", "'TableName'"), ("old", "'tableName'"):
            error = self.call("GetItem", {"TableName": "", "Key": {}}, "--db", self.database, "--validation", layer,
                              expect=1)
            self.assertIn(name, error["message"])
        _, errors = self.hashrange("call", "ListTables", "--db", self.database, "--validation", "middle", expect=2)
        self.assertIn("middle", errors)

    def test_one_target_is_asked_for(self):
        _, errors = self.hashrange("call", "ListTables", expect=2)
        self.assertIn("--db", errors)


class Usage(Case):
    def test_help_lists_every_command(self):
        output, _ = self.hashrange("--help")
        for command in "check", "run", "export", "import", "call":
            self.assertIn(f"  {command} ", output)
            help_text, _ = self.hashrange(command, "--help")
            self.assertIn(f"hashrange {command}", help_text)

    def test_version(self):
        self.assertRegex(self.hashrange("--version")[0], r"^hashrange \d+\.\d+\.\d+\n$")

    def test_unknown_command_and_option(self):
        self.assertIn("levitate", self.hashrange("levitate", expect=2)[1])
        self.assertIn("--levitate", self.hashrange("check", "--levitate", SAMPLE, expect=2)[1])
        self.hashrange(expect=2)


class Reports(Case):
    def validate(self, report, schema):
        jsonschema.validate(report, json.loads((SCHEMAS / schema).read_text()))

    def test_run(self):
        self.validate(self.json("run", SAMPLE, "--json", "--trace"), "hashrange-run-1.schema.json")

    def test_check(self):
        model = self.sample(lambda text: text.replace('"sk": {"S": "', '"sx": {"S": "', 1))
        report = self.json("check", model, "--json", expect=1)
        self.validate(report, "hashrange-check-1.schema.json")
        self.assertTrue(any(finding["code"] == "key-missing" for finding in report["diagnostics"]))


class Endpoint(Case):
    """A server that answers each request through `hashrange call`: enough of an endpoint for the client."""

    def setUp(self):
        super().setUp()
        database = self.folder / "endpoint.db"
        seen = self.seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                seen.append(dict(self.headers))
                operation = self.headers["X-Amz-Target"].split(".")[1]
                body = self.rfile.read(int(self.headers["Content-Length"]))
                result = subprocess.run([PROGRAM, "call", operation, "-", "--db", str(database)], input=body,
                                        capture_output=True, timeout=60)
                self.send_response(200 if result.returncode == 0 else 400)
                self.send_header("Content-Length", str(len(result.stdout)))
                self.end_headers()
                self.wfile.write(result.stdout)

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.database = database

    def load_sample(self):
        for format in "create-table", "batch-write-item":
            folder = self.folder / format
            self.hashrange("export", SAMPLE, "--to", format, "-o", f"{folder}/")
            for path in sorted(folder.iterdir()):
                content = json.loads(path.read_text())
                if format == "create-table":
                    self.call("CreateTable", content, "--db", self.database)
                else:
                    self.call("BatchWriteItem", {"RequestItems": content}, "--db", self.database)

    def test_calls_are_signed_and_answered(self):
        self.assertEqual(self.call("ListTables", {}, "--endpoint", self.url), {"TableNames": []})
        self.assertRegex(self.seen[0]["Authorization"], r"AWS4-HMAC-SHA256 Credential=.*/dynamodb/aws4_request")
        error = self.call("DescribeTable", {"TableName": "none"}, "--endpoint", self.url, expect=1)
        self.assertIn("ResourceNotFoundException", error["__type"])

    def test_patterns_run_there_with_the_same_figures(self):
        self.load_sample()
        here = self.json("run", SAMPLE, "A", "A2", "B", "--json")
        there = self.json("run", SAMPLE, "A", "A2", "B", "--json", "--endpoint", self.url)
        self.assertEqual(here["patterns"], there["patterns"])

    def test_writes_are_refused_unless_allowed(self):
        self.load_sample()
        _, errors = self.hashrange("run", SAMPLE, "C1", "--endpoint", self.url, expect=2)
        self.assertIn("--allow-writes", errors)
        self.hashrange("run", SAMPLE, "C1", "--endpoint", self.url, "--allow-writes")
        self.assertEqual(self.call("Scan", {"TableName": "cruddur-messages", "Select": "COUNT"}, "--db",
                                   self.database)["Count"], 150)

    def test_nobody_there(self):
        _, errors = self.hashrange("call", "ListTables", "--endpoint", "http://127.0.0.1:9", expect=2)
        self.assertIn("127.0.0.1:9", errors)
        self.hashrange("call", "ListTables", "--endpoint", "gopher://127.0.0.1", expect=2)


if __name__ == "__main__":
    tap.main()
