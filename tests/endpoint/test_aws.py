"""The AWS CLI, with commands as courses teach them."""

import json
import os
import shutil
import subprocess
import unittest

from support import SharedServer

import tap

AWS = next((path for path in ("/usr/bin/aws", shutil.which("aws")) if path and os.path.exists(path)), None)
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "AWS_ACCESS_KEY_ID": "x",
               "AWS_SECRET_ACCESS_KEY": "y", "AWS_DEFAULT_REGION": "ca-central-1", "AWS_PAGER": "",
               "LC_ALL": "C.UTF-8"}


@unittest.skipUnless(AWS, "the AWS CLI is not installed")
class Course(SharedServer):
    def aws(self, *words, expect=0):
        command = [AWS, "dynamodb", *words, "--endpoint-url", self.server.url, "--output", "json"]
        result = subprocess.run(command, cwd=self.folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
        self.assertEqual(result.returncode, expect, result.stderr)
        return json.loads(result.stdout) if result.stdout.strip() else result.stderr

    def write(self, name, content):
        (self.folder / name).write_text(json.dumps(content), encoding="utf-8")
        return f"file://{name}"

    def test_users(self):
        created = self.aws("create-table", "--table-name", "Users",
                           "--attribute-definitions", "AttributeName=user_id,AttributeType=S",
                           "--key-schema", "AttributeName=user_id,KeyType=HASH",
                           "--provisioned-throughput", "ReadCapacityUnits=5,WriteCapacityUnits=5")
        self.assertEqual(created["TableDescription"]["TableStatus"], "ACTIVE")
        self.aws("wait", "table-exists", "--table-name", "Users")
        self.assertEqual(self.aws("list-tables"), {"TableNames": ["Users"]})

        item = {"user_id": {"S": "42"}, "name": {"S": "Ada"}, "logins": {"N": "3"}, "tags": {"SS": ["a", "b"]}}
        self.aws("put-item", "--table-name", "Users", "--item", self.write("item.json", item),
                 "--return-consumed-capacity", "TOTAL")
        key = self.write("key.json", {"user_id": {"S": "42"}})
        self.assertEqual(self.aws("get-item", "--table-name", "Users", "--key", key), {"Item": item})
        updated = self.aws("update-item", "--table-name", "Users", "--key", key,
                           "--update-expression", "SET logins = logins + :n", "--return-values", "UPDATED_NEW",
                           "--expression-attribute-values", self.write("values.json", {":n": {"N": "1"}}))
        self.assertEqual(updated, {"Attributes": {"logins": {"N": "4"}}})
        self.assertEqual(self.aws("scan", "--table-name", "Users", "--query", "Items[0].name.S"), "Ada")
        self.assertEqual(self.aws("query", "--table-name", "Users", "--key-condition-expression", "user_id = :u",
                                  "--expression-attribute-values", '{":u": {"S": "42"}}')["Count"], 1)
        self.aws("delete-item", "--table-name", "Users", "--key", key)
        self.assertEqual(self.aws("scan", "--table-name", "Users", "--select", "COUNT")["Count"], 0)
        self.assertIn("ResourceNotFoundException",
                      self.aws("get-item", "--table-name", "Nobody", "--key", key, expect=254))
        self.assertEqual(self.aws("delete-table", "--table-name", "Users")["TableDescription"]["TableName"], "Users")
        self.assertEqual(self.aws("list-tables"), {"TableNames": []})

    def test_changes(self):
        self.aws("create-table", "--table-name", "Orders", "--billing-mode", "PAY_PER_REQUEST",
                 "--attribute-definitions", "AttributeName=id,AttributeType=S",
                 "--key-schema", "AttributeName=id,KeyType=HASH")
        arn = self.aws("describe-table", "--table-name", "Orders", "--query", "Table.TableArn")
        changed = self.aws("update-table", "--table-name", "Orders",
                           "--attribute-definitions", "AttributeName=day,AttributeType=S",
                           "--global-secondary-index-updates", self.write("index.json", [{"Create": {
                               "IndexName": "by-day", "KeySchema": [{"AttributeName": "day", "KeyType": "HASH"}],
                               "Projection": {"ProjectionType": "KEYS_ONLY"}}}]))
        self.assertEqual(changed["TableDescription"]["GlobalSecondaryIndexes"][0]["IndexName"], "by-day")
        self.aws("tag-resource", "--resource-arn", arn, "--tags", "Key=team,Value=blue")
        self.assertEqual(self.aws("list-tags-of-resource", "--resource-arn", arn),
                         {"Tags": [{"Key": "team", "Value": "blue"}]})
        self.assertIn("ValidationException", self.aws("tag-resource", "--resource-arn", "Orders",
                                                      "--tags", "Key=team,Value=blue", expect=254))
        self.aws("delete-table", "--table-name", "Orders")
        self.aws("wait", "table-not-exists", "--table-name", "Orders")

    def test_batch(self):
        self.aws("create-table", "--table-name", "Music", "--billing-mode", "PAY_PER_REQUEST",
                 "--attribute-definitions", "AttributeName=Artist,AttributeType=S",
                 "AttributeName=SongTitle,AttributeType=S",
                 "--key-schema", "AttributeName=Artist,KeyType=HASH", "AttributeName=SongTitle,KeyType=RANGE")
        requests = {"Music": [{"PutRequest": {"Item": {"Artist": {"S": "A"}, "SongTitle": {"S": str(number)}}}}
                              for number in range(20)]}
        self.assertEqual(self.aws("batch-write-item", "--request-items", self.write("items.json", requests)),
                         {"UnprocessedItems": {}})
        # the CLI asks for page after page by itself
        self.assertEqual(len(self.aws("scan", "--table-name", "Music", "--page-size", "7")["Items"]), 20)
        self.aws("delete-table", "--table-name", "Music")


if __name__ == "__main__":
    tap.main()
