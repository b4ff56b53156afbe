"""Exports, held against botocore's own description of the service and our engine."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from support import SAMPLE, Case
import tap

import botocore.loaders
import botocore.model
import botocore.validate

LOADER = botocore.loaders.Loader()
SERVICE = botocore.model.ServiceModel(LOADER.load_service_model("dynamodb", "service-2"), "dynamodb")

# Members of requests that are newer than the botocore of Debian 12.
NEWER = {"CreateTable": {"DeletionProtectionEnabled", "ResourcePolicy", "OnDemandThroughput", "WarmThroughput"}}

WIDE_MODEL = {
    "hashrange": 1,
    "name": "Wide",
    "tables": [
        {
            "name": "Wide",
            "partition_key": [{"name": "id", "type": "N"}],
            "sort_key": [{"name": "at", "type": "B"}],
            "settings": {
                "billing": "PROVISIONED", "read_units": 7, "write_units": 3, "stream": "NEW_AND_OLD_IMAGES",
                "ttl": "expires", "point_in_time_recovery": True, "deletion_protection": True,
                "encryption": {"type": "KMS", "key": "alias/wide"}, "table_class": "STANDARD_INFREQUENT_ACCESS",
                "tags": {"team": "data"},
            },
            "indexes": [
                {"name": "by-owner", "kind": "global",
                 "partition_key": [{"name": "owner", "type": "S"}],
                 "sort_key": [{"name": "score", "type": "N"}],
                 "projection": ["title", "size"], "read_units": 2, "write_units": 2},
                {"name": "by-score", "kind": "local", "partition_key": [{"name": "id", "type": "N"}],
                 "sort_key": [{"name": "score", "type": "N"}], "projection": "KEYS_ONLY"},
            ],
            "items": [],
        },
        {"name": "Plain", "partition_key": [{"name": "pk", "type": "S"}],
         "settings": {"billing": "PAY_PER_REQUEST"}, "items": [{"pk": {"S": "a"}}]},
    ],
}


def validate(operation, request):
    """botocore's parameter validation, without the members that it does not know yet."""
    known = {key: value for key, value in request.items() if key not in NEWER.get(operation, set())}
    left_out = sorted(set(request) - set(known))
    shape = SERVICE.operation_model(operation).input_shape
    report = botocore.validate.ParamValidator().validate(decode_binary(known), shape)
    return report.generate_report(), left_out


def decode_binary(value):
    """Binary values as botocore takes them in Python: bytes."""
    if isinstance(value, dict):
        if set(value) == {"B"} and isinstance(value["B"], str):
            return {"B": value["B"].encode()}
        if set(value) == {"BS"}:
            return {"BS": [element.encode() for element in value["BS"]]}
        return {key: decode_binary(element) for key, element in value.items()}
    if isinstance(value, list):
        return [decode_binary(element) for element in value]
    return value


class Export(Case):
    def export(self, model, format, expect=0):
        folder = self.folder / f"{pathlib.Path(model).stem}-{format}"
        self.hashrange("export", model, "--to", format, "-o", f"{folder}/", expect=expect)
        return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())]

    def wide(self):
        path = self.folder / "wide.hashrange.json"
        path.write_text(json.dumps(WIDE_MODEL))
        return path

    def test_create_table_is_what_botocore_expects(self):
        for model in SAMPLE, self.wide():
            for request in self.export(model, "create-table"):
                problems, left_out = validate("CreateTable", request)
                self.assertEqual(problems, "")
                print(f"# {request['TableName']}: not known to this botocore: {left_out or 'nothing'}")

    def test_created_tables_are_described_as_the_model_says(self):
        database = self.folder / "tables.db"
        for model in SAMPLE, self.wide():
            for request in self.export(model, "create-table"):
                self.call("CreateTable", request, "--db", database)
                described = self.call("DescribeTable", {"TableName": request["TableName"]}, "--db", database)["Table"]
                self.compare(request, described)

    def compare(self, request, described):
        by_name = lambda entries: sorted(entries, key=lambda entry: entry.get("AttributeName", entry.get("IndexName")))
        self.assertEqual(by_name(request["AttributeDefinitions"]), by_name(described["AttributeDefinitions"]))
        self.assertEqual(request["KeySchema"], described["KeySchema"])
        for kind in "GlobalSecondaryIndexes", "LocalSecondaryIndexes":
            pairs = list(zip(by_name(request.get(kind, [])), by_name(described.get(kind, []))))
            self.assertEqual(len(request.get(kind, [])), len(described.get(kind, [])))
            for wanted, given in pairs:
                for member in "IndexName", "KeySchema", "Projection":
                    self.assertEqual(wanted[member], given[member])
                for member, units in wanted.get("ProvisionedThroughput", {}).items():
                    self.assertEqual(units, given["ProvisionedThroughput"][member])
        for member, units in request.get("ProvisionedThroughput", {}).items():
            self.assertEqual(units, described["ProvisionedThroughput"][member])
        if request.get("BillingMode") == "PAY_PER_REQUEST":
            self.assertEqual(described["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")
        self.assertEqual(request.get("StreamSpecification"), described.get("StreamSpecification"))
        self.assertEqual(request.get("DeletionProtectionEnabled", False), described["DeletionProtectionEnabled"])
        if "TableClass" in request:
            self.assertEqual(request["TableClass"], described["TableClassSummary"]["TableClass"])
        if "SSESpecification" in request:
            self.assertEqual(described["SSEDescription"]["SSEType"], "KMS")

    def test_batch_files_load_back_the_exact_items(self):
        database = self.folder / "items.db"
        for request in self.export(SAMPLE, "create-table"):
            self.call("CreateTable", request, "--db", database)
        batches = self.export(SAMPLE, "batch-write-item")
        self.assertGreater(len(batches), 1)
        for batch in batches:
            self.assertLessEqual(sum(len(puts) for puts in batch.values()), 25)
            problems, _ = validate("BatchWriteItem", {"RequestItems": batch})
            self.assertEqual(problems, "")
            response = self.call("BatchWriteItem", {"RequestItems": batch}, "--db", database)
            self.assertEqual(response["UnprocessedItems"], {})
        scanned = self.call("Scan", {"TableName": "cruddur-messages"}, "--db", database)["Items"]
        key = lambda item: (item["pk"]["S"], item["sk"]["S"])
        wanted = json.loads(SAMPLE.read_text(encoding="utf-8"))["tables"][0]["items"]
        self.assertEqual(sorted(scanned, key=key), sorted(wanted, key=key))

    def test_import_of_an_export_describes_the_same_table(self):
        path = self.folder / "table.json"
        self.hashrange("export", SAMPLE, "--to", "create-table", "-o", path)
        model = self.folder / "again.hashrange.json"
        self.hashrange("import", path, "-o", model)
        again, _ = self.hashrange("export", model, "--to", "create-table")
        self.assertEqual(json.loads(again), json.loads(path.read_text()))

    def test_what_create_table_cannot_say_is_said(self):
        _, errors = self.hashrange("export", self.wide(), "--to", "create-table", "-o", f"{self.folder}/out/")
        self.assertIn("expires", errors)
        self.assertIn("update-continuous-backups", errors)

    def test_list_names_the_formats(self):
        output, _ = self.hashrange("export", "--list")
        for format in "native", "create-table", "batch-write-item":
            self.assertIn(format, output)

    def test_unknown_format(self):
        _, errors = self.hashrange("export", SAMPLE, "--to", "punchcard", expect=2)
        self.assertIn("punchcard", errors)

    def test_several_files_need_a_folder(self):
        _, errors = self.hashrange("export", self.wide(), "--to", "create-table", expect=2)
        self.assertIn("-o", errors)


if __name__ == "__main__":
    tap.main()
