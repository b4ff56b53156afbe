"""boto3, as people use it: clients, paginators, waiters, batch writers, resources, signatures."""

import datetime
import decimal
import threading
import unittest
from unittest import mock

from support import Case, SharedServer

import tap

try:
    import boto3
    import botocore.auth
    import botocore.awsrequest
    import botocore.config
    import botocore.credentials
    from boto3.dynamodb.conditions import Attr, Key
    from botocore.exceptions import ClientError
except ImportError:
    boto3 = None

HASH = [{"AttributeName": "pk", "KeyType": "HASH"}]
HASH_RANGE = [*HASH, {"AttributeName": "sk", "KeyType": "RANGE"}]
STRINGS = [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"}]


def arguments(server, key="key", secret="secret", region="us-east-1"):
    return {"endpoint_url": server.url, "region_name": region, "aws_access_key_id": key,
            "aws_secret_access_key": secret, "config": botocore.config.Config(retries={"max_attempts": 0})}


def connect(server, **changes):
    return boto3.client("dynamodb", **arguments(server, **changes))


@unittest.skipUnless(boto3, "boto3 is not installed")
class Operations(SharedServer):
    """Each test has a table of its own, with a range key and an index of each kind."""

    def setUp(self):
        super().setUp()
        self.client = connect(self.server)
        self.name = self.id().rsplit(".", 1)[-1]
        self.client.create_table(
            TableName=self.name, BillingMode="PAY_PER_REQUEST", KeySchema=HASH_RANGE,
            AttributeDefinitions=[*STRINGS, {"AttributeName": "n", "AttributeType": "N"}],
            LocalSecondaryIndexes=[{"IndexName": "local", "Projection": {"ProjectionType": "ALL"},
                                    "KeySchema": [HASH[0], {"AttributeName": "n", "KeyType": "RANGE"}]}],
            GlobalSecondaryIndexes=[{"IndexName": "global", "Projection": {"ProjectionType": "KEYS_ONLY"},
                                     "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}]}])
        self.addCleanup(self.client.delete_table, TableName=self.name)

    def item(self, number, **more):
        return {"pk": {"S": "p"}, "sk": {"S": f"{number:05d}"}, "n": {"N": str(number % 10)}, **more}

    def key(self, number):
        return {name: self.item(number)[name] for name in ("pk", "sk")}

    def fill(self, count, **more):
        for start in range(0, count, 25):
            numbers = range(start, min(start + 25, count))
            answer = self.client.batch_write_item(RequestItems={
                self.name: [{"PutRequest": {"Item": self.item(number, **more)}} for number in numbers]})
            self.assertEqual(answer["UnprocessedItems"], {})

    def fails(self, name):
        test = self

        class Expectation:
            def __enter__(self):
                return self

            def __exit__(self, kind, error, trace):
                test.assertIsInstance(error, ClientError)
                test.assertEqual(error.response["Error"]["Code"], name)
                self.error = error
                return True

        return Expectation()

    def test_tables(self):
        self.client.get_waiter("table_exists").wait(TableName=self.name)
        table = self.client.describe_table(TableName=self.name)["Table"]
        self.assertEqual((table["TableStatus"], table["KeySchema"]), ("ACTIVE", HASH_RANGE))
        self.assertIsInstance(table["CreationDateTime"], datetime.datetime)
        self.assertIn(self.name, self.client.list_tables()["TableNames"])
        with self.fails("ResourceInUseException"):
            self.client.create_table(TableName=self.name, BillingMode="PAY_PER_REQUEST", KeySchema=HASH,
                                     AttributeDefinitions=STRINGS[:1])
        with self.fails("ResourceNotFoundException"):
            self.client.describe_table(TableName="nowhere")

    def test_table_goes(self):
        self.client.create_table(TableName="going", BillingMode="PAY_PER_REQUEST", KeySchema=HASH,
                                 AttributeDefinitions=STRINGS[:1])
        self.client.delete_table(TableName="going")
        self.client.get_waiter("table_not_exists").wait(TableName="going")

    def test_list_tables_paginator(self):
        names = [f"page-{number:03d}" for number in range(25)]
        for name in names:
            self.client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=HASH,
                                     AttributeDefinitions=STRINGS[:1])
        pages = list(self.client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 10}))
        self.assertGreaterEqual(len(pages), 3)
        self.assertLessEqual(set(names), {name for page in pages for name in page["TableNames"]})
        for name in names:
            self.client.delete_table(TableName=name)

    def test_items(self):
        item = self.item(1, b={"B": b"\x00\xff"}, l={"L": [{"NULL": True}, {"BOOL": False}]},
                         m={"M": {"ü": {"S": "\0"}}}, ss={"SS": ["a", "b"]}, ns={"NS": ["1"]}, bs={"BS": [b"x"]})
        self.client.put_item(TableName=self.name, Item=item)
        self.assertEqual(self.client.get_item(TableName=self.name, Key=self.key(1))["Item"], item)
        answer = self.client.update_item(TableName=self.name, Key=self.key(1), ReturnValues="UPDATED_NEW",
                                         UpdateExpression="SET n = n + :one REMOVE b",
                                         ExpressionAttributeValues={":one": {"N": "1"}})
        self.assertEqual(answer["Attributes"], {"n": {"N": "2"}})
        answer = self.client.delete_item(TableName=self.name, Key=self.key(1), ReturnValues="ALL_OLD")
        self.assertEqual(answer["Attributes"]["n"], {"N": "2"})
        self.assertNotIn("Item", self.client.get_item(TableName=self.name, Key=self.key(1)))

    def test_conditions(self):
        self.client.put_item(TableName=self.name, Item=self.item(1))
        with self.fails("ConditionalCheckFailedException") as failure:
            self.client.put_item(TableName=self.name, Item=self.item(1), ConditionExpression="attribute_not_exists(pk)")
        self.assertEqual(failure.error.response["ResponseMetadata"]["HTTPStatusCode"], 400)
        with self.assertRaises(self.client.exceptions.ConditionalCheckFailedException):
            self.client.delete_item(TableName=self.name, Key=self.key(2), ConditionExpression="attribute_exists(pk)")

    def test_query_paginator(self):
        self.fill(120)
        request = {"TableName": self.name, "KeyConditionExpression": "pk = :p",
                   "ExpressionAttributeValues": {":p": {"S": "p"}}}
        for more in {}, {"ScanIndexForward": False}, {"IndexName": "local"}:
            with self.subTest(more=more):
                pages = list(self.client.get_paginator("query").paginate(**request, **more,
                                                                         PaginationConfig={"PageSize": 50}))
                self.assertEqual([page["Count"] for page in pages], [50, 50, 20])
                self.assertEqual(len({item["sk"]["S"] for page in pages for item in page["Items"]}), 120)
        answer = self.client.query(TableName=self.name, IndexName="global", KeyConditionExpression="n = :n",
                                   ExpressionAttributeValues={":n": {"N": "3"}}, ReturnConsumedCapacity="INDEXES")
        self.assertEqual(answer["Count"], 12)
        self.assertEqual(answer["ConsumedCapacity"]["CapacityUnits"], 0.5)

    def test_scan_paginator(self):
        # more than a page of 1 MB
        self.fill(30, text={"S": "x" * 60000})
        pages = list(self.client.get_paginator("scan").paginate(TableName=self.name))
        self.assertEqual(sum(page["Count"] for page in pages), 30)
        self.assertGreater(len(pages), 1)
        counts = [self.client.scan(TableName=self.name, Select="COUNT", Segment=segment, TotalSegments=3)["Count"]
                  for segment in range(3)]
        self.assertLessEqual(max(counts), 30)

    def test_batches(self):
        self.fill(30)
        answer = self.client.batch_get_item(RequestItems={
            self.name: {"Keys": [self.key(number) for number in range(50)], "ProjectionExpression": "sk"}})
        self.assertEqual(len(answer["Responses"][self.name]), 30)
        self.assertEqual(answer["UnprocessedKeys"], {})

    def test_transactions(self):
        puts = [{"Put": {"TableName": self.name, "Item": self.item(number)}} for number in range(10)]
        self.client.transact_write_items(TransactItems=puts, ClientRequestToken="token")
        self.client.transact_write_items(TransactItems=puts, ClientRequestToken="token")
        with self.fails("IdempotentParameterMismatchException"):
            self.client.transact_write_items(TransactItems=puts[1:], ClientRequestToken="token")
        answer = self.client.transact_get_items(TransactItems=[
            {"Get": {"TableName": self.name, "Key": self.key(number)}} for number in (3, 99)])
        self.assertEqual(answer["Responses"], [{"Item": self.item(3)}, {}])
        check = {"ConditionCheck": {"TableName": self.name, "Key": self.key(99),
                                    "ConditionExpression": "attribute_exists(pk)"}}
        with self.fails("TransactionCanceledException") as failure:
            self.client.transact_write_items(TransactItems=[puts[0], check])
        self.assertEqual([reason["Code"] for reason in failure.error.response["CancellationReasons"]],
                         ["None", "ConditionalCheckFailed"])

    def test_resource(self):
        table = boto3.resource("dynamodb", **arguments(self.server)).Table(self.name)
        table.wait_until_exists()
        with table.batch_writer() as batch:
            for number in range(60):
                batch.put_item({"pk": "r", "sk": str(number), "n": number, "price": decimal.Decimal("1.10")})
        found = table.query(KeyConditionExpression=Key("pk").eq("r") & Key("sk").begins_with("5"),
                            FilterExpression=Attr("n").gte(52))
        self.assertEqual(found["Count"], 8)
        self.assertEqual(found["Items"][0]["price"], decimal.Decimal("1.1"))
        table.update_item(Key={"pk": "r", "sk": "1"}, UpdateExpression="ADD tags :t",
                          ExpressionAttributeValues={":t": {"a"}})
        self.assertEqual(table.get_item(Key={"pk": "r", "sk": "1"})["Item"]["tags"], {"a"})
        with table.batch_writer() as batch:
            for number in range(60):
                batch.delete_item({"pk": "r", "sk": str(number)})
        self.assertEqual(table.scan()["Count"], 0)

    def test_counter_from_many_threads(self):
        def add(client):
            for _ in range(50):
                client.update_item(TableName=self.name, Key=self.key(1), UpdateExpression="ADD hits :one",
                                   ExpressionAttributeValues={":one": {"N": "1"}})

        threads = [threading.Thread(target=add, args=(connect(self.server),)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        hits = self.client.get_item(TableName=self.name, Key=self.key(1))["Item"]["hits"]
        self.assertEqual(hits, {"N": "300"})

    def test_what_is_missing(self):
        with self.fails("UnknownOperationException"):
            self.client.list_global_tables()


@unittest.skipUnless(boto3, "boto3 is not installed")
class Signatures(Case):
    def setUp(self):
        super().setUp()
        self.server = self.start("--require-auth", "AKID:se:cret/+")

    def sign(self, body="{}", minutes=0):
        """Headers of a ListTables request with this body, signed so many minutes from now."""
        headers = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "X-Blanks": "  a   b ", "Content-Type": "x"}
        request = botocore.awsrequest.AWSRequest("POST", f"{self.server.url}/", headers=headers, data=body)
        credentials = botocore.credentials.Credentials("AKID", "se:cret/+", "token")
        with mock.patch("botocore.auth.datetime") as clock:
            clock.datetime.utcnow.return_value = datetime.datetime.utcnow() + datetime.timedelta(minutes=minutes)
            botocore.auth.SigV4Auth(credentials, "dynamodb", "eu-west-1").add_auth(request)
        return dict(request.headers)

    def fails(self, client, code):
        with self.assertRaises(ClientError) as caught:
            client.list_tables()
        self.assertEqual(caught.exception.response["Error"]["Code"], code)

    def test_good(self):
        for region in "us-east-1", "eu-west-1", "local":
            client = connect(self.server, key="AKID", secret="se:cret/+", region=region)
            self.assertEqual(client.list_tables()["TableNames"], [])
            self.assertEqual(client.list_tables(ExclusiveStartTableName="Ünïcode".encode().hex())["TableNames"], [])

    def test_bad(self):
        self.fails(connect(self.server, key="AKID", secret="wrong"), "InvalidSignatureException")
        self.fails(connect(self.server, key="OTHER", secret="se:cret/+"), "UnrecognizedClientException")

    def test_clock(self):
        for minutes, text in (-4, None), (4, None), (-6, b"Signature expired"), (6, b"Signature not yet current"):
            with self.subTest(minutes=minutes):
                answer = self.server.request(body="{}", headers=self.sign(minutes=minutes))
                if text is None:
                    self.assertEqual(answer[0], 200, answer[2])
                else:
                    self.check_error(answer, 400, "InvalidSignatureException")
                    self.assertIn(text, answer[2])

    def test_what_is_signed(self):
        """A signature is good for the request that it was made for, not for another one."""
        good = self.sign()
        self.assertEqual(self.server.request(body="{}", headers=good)[0], 200)
        for path, body, changes in (("/", "{} ", {}), ("/", '{"Limit": 1}', {}), ("/?a=b", "{}", {}),
                                    ("/", "{}", {"X-Amz-Target": "DynamoDB_20120810.CreateTable"}),
                                    ("/", "{}", {"X-Amz-Security-Token": "other"}), ("/", "{}", {"X-Blanks": "a bc"}),
                                    ("/", "{}", {"Authorization": good["Authorization"][:-1] + "g"}),
                                    ("/", "{}", {"Authorization": good["Authorization"].replace("eu-", "us-")}),
                                    ("/", "{}", {"Authorization": good["Authorization"].replace("host;", "")})):
            with self.subTest(path=path, body=body, changes=changes):
                answer = self.server.request("POST", path, {**good, **changes}, body)
                self.check_error(answer, 400, "InvalidSignatureException")

    def test_headers(self):
        good = ("AWS4-HMAC-SHA256 Credential=AKID/20261120/us-east-1/dynamodb/aws4_request, SignedHeaders=host, "
                "Signature=0")
        for value, code in ((None, "MissingAuthenticationTokenException"), ("", "IncompleteSignatureException"),
                            ("Basic eA==", "IncompleteSignatureException"), (good, "IncompleteSignatureException"),
                            (good.replace("AKID/", ""), "IncompleteSignatureException"),
                            (good.replace("Signature=0", ""), "IncompleteSignatureException")):
            with self.subTest(value=value):
                headers = {} if value is None else {"Authorization": value}
                self.check_error(self.server.request(target="ListTables", body="{}", headers=headers), 400, code)

    def test_health_needs_none(self):
        self.check_alive(self.server)


if __name__ == "__main__":
    tap.main()
