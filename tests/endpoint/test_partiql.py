"""Statements through boto3: pages, batches, transactions, errors, capacity and what streams see of them."""

import unittest

from support import Case, SharedServer

import tap

try:
    import boto3
    import botocore.config
    from botocore.exceptions import ClientError
except ImportError:
    boto3 = None


def arguments(server):
    return {"endpoint_url": server.url, "region_name": "us-east-1", "aws_access_key_id": "key",
            "aws_secret_access_key": "secret", "config": botocore.config.Config(retries={"max_attempts": 0})}


def string(text):
    return {"S": text}


def number(value):
    return {"N": str(value)}


@unittest.skipUnless(boto3, "boto3 is not installed")
class Statements(SharedServer):
    def setUp(self):
        super().setUp()
        self.client = boto3.client("dynamodb", **arguments(self.server))
        self.name = self.id().rsplit(".", 1)[-1].replace("_", "-")
        self.client.create_table(
            TableName=self.name, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": kind}
                                  for name, kind in (("pk", "S"), ("sk", "N"), ("g", "S"))],
            GlobalSecondaryIndexes=[{"IndexName": "by-g", "Projection": {"ProjectionType": "ALL"},
                                     "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"},
                                                   {"AttributeName": "sk", "KeyType": "RANGE"}]}],
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
        self.addCleanup(self.client.delete_table, TableName=self.name)
        for start in range(0, 40, 20):
            self.client.batch_execute_statement(Statements=[
                {"Statement": f"INSERT INTO \"{self.name}\" VALUE {{'pk': ?, 'sk': ?, 'g': ?}}",
                 "Parameters": [string("ab"[i % 2]), number(i), string("g")]} for i in range(start, start + 20)])

    def run_statement(self, text, *parameters, **more):
        if parameters:
            more["Parameters"] = list(parameters)
        return self.client.execute_statement(Statement=text.replace("@", f'"{self.name}"'), **more)

    def assert_fails(self, code, message, func, *positional, **named):
        with self.assertRaises(ClientError) as caught:
            func(*positional, **named)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        if message is not None:
            self.assertEqual(caught.exception.response["Error"]["Message"], message)
        return caught.exception.response

    def test_pages(self):
        options = {"Parameters": [string("a"), number(10)], "Limit": 4, "ReturnConsumedCapacity": "INDEXES"}
        text = "SELECT sk FROM @ WHERE pk = ? AND sk > ? ORDER BY sk DESC"
        found, token, pages = [], {}, 0
        while True:
            page = self.run_statement(text, **options, **token)
            found += [int(item["sk"]["N"]) for item in page["Items"]]
            pages += 1
            self.assertEqual(page["ConsumedCapacity"]["Table"]["CapacityUnits"], 0.5)
            if "NextToken" not in page:
                break
            self.assertEqual(len(page["Items"]), 4)
            token = {"NextToken": page["NextToken"]}
        self.assertEqual(found, list(range(38, 10, -2)))
        self.assertEqual(pages, 4)
        self.assert_fails("ValidationException", "NextToken does not match request", self.run_statement,
                          text.replace(" DESC", ""), **options, **token)
        options["Parameters"] = [string("b"), number(10)]
        self.assert_fails("ValidationException", "NextToken does not match request", self.run_statement, text,
                          **options, **token)

    def test_reads(self):
        for condition, parameters, count in (
                ("pk = 'a' AND sk = 2", (), 1), ("pk IN ['a', 'b'] AND sk BETWEEN 1 AND ?", (number(4),), 4),
                ("pk = ? OR sk = 1", (string("a"),), 21), ("sk IS MISSING", (), 0), ("NOT sk < 30", (), 10),
                ("attribute_type(g, 'S') AND begins_with(pk, 'b')", (), 20)):
            with self.subTest(condition=condition):
                self.assertEqual(len(self.run_statement("SELECT * FROM @ WHERE " + condition, *parameters)["Items"]),
                                 count)
        items = self.run_statement('SELECT pk, sk FROM @."by-g" WHERE g = ? AND sk < 3', string("g"))["Items"]
        self.assertEqual([item["sk"]["N"] for item in items], ["0", "1", "2"])

    def test_resource_types(self):
        client = boto3.resource("dynamodb", **arguments(self.server)).meta.client
        client.execute_statement(Statement=f"UPDATE \"{self.name}\" SET s = <<'x', 'y'>> SET l = [1, {{'m': NULL}}]"
                                           " WHERE pk = ? AND sk = ?", Parameters=["a", 2])
        items = client.execute_statement(Statement=f'SELECT s, l FROM "{self.name}" WHERE pk = ? AND sk = ?',
                                         Parameters=["a", 2])["Items"]
        self.assertEqual(items, [{"s": {"x", "y"}, "l": [1, {"m": None}]}])

    def test_writes(self):
        key = "WHERE pk = 'a' AND sk = 2"
        answer = self.run_statement(f"UPDATE @ SET n = 1 REMOVE g {key} RETURNING MODIFIED NEW *")
        self.assertEqual(answer["Items"], [{"n": number(1)}])
        answer = self.run_statement(f"DELETE FROM @ {key} AND n = ? RETURNING ALL OLD *", number(1))
        self.assertEqual(answer["Items"], [{"pk": string("a"), "sk": number(2), "n": number(1)}])
        self.assert_fails("ConditionalCheckFailedException", "The conditional request failed",
                          self.run_statement, f"UPDATE @ SET n = 1 {key}")
        self.assert_fails("DuplicateItemException", None, self.run_statement,
                          "INSERT INTO @ VALUE {'pk': 'a', 'sk': 0}")
        self.assert_fails("ConditionalCheckFailedException", None, self.run_statement,
                          "UPDATE @ SET n = 1 WHERE pk = 'a' AND sk = 0 AND g = 'h'")

    def test_errors(self):
        self.assert_fails("ValidationException", None, self.run_statement, "SELECT * FORM @")
        self.assert_fails("ValidationException", None, self.run_statement, "UPDATE @ SET n = 1 WHERE pk = 'a'")
        self.assert_fails("ResourceNotFoundException", None, self.client.execute_statement,
                          Statement="SELECT * FROM nowhere")

    def test_batch(self):
        text = f"SELECT * FROM \"{self.name}\" WHERE pk = 'a'"
        answer = self.client.batch_execute_statement(
            Statements=[{"Statement": f"{text} AND sk = {sk}"} for sk in (0, 1, 2)] + [{"Statement": text}],
            ReturnConsumedCapacity="TOTAL")
        self.assertEqual([response.get("Item", {}).get("sk") for response in answer["Responses"]],
                         [number(0), None, number(2), None])
        self.assertEqual(answer["Responses"][0]["TableName"], self.name)
        self.assertEqual(answer["Responses"][3]["Error"]["Code"], "ValidationError")
        self.assertEqual(answer["ConsumedCapacity"], [{"TableName": self.name, "CapacityUnits": 1.5}])

    def test_transaction(self):
        statements = [
            {"Statement": f"UPDATE \"{self.name}\" SET n = ? WHERE pk = 'a' AND sk = 0", "Parameters": [number(1)]},
            {"Statement": f"INSERT INTO \"{self.name}\" VALUE {{'pk': 'c', 'sk': 0}}"},
            {"Statement": f"EXISTS(SELECT * FROM \"{self.name}\" WHERE pk = 'b' AND sk = 1 AND g = 'g')"}]
        for _ in range(2):
            self.client.execute_transaction(TransactStatements=statements, ClientRequestToken="once")
        response = self.assert_fails("TransactionCanceledException", None, self.client.execute_transaction,
                                     TransactStatements=statements)
        self.assertEqual([reason["Code"] for reason in response["CancellationReasons"]],
                         ["None", "DuplicateItem", "None"])
        self.assert_fails("IdempotentParameterMismatchException", None, self.client.execute_transaction,
                          TransactStatements=statements[:1], ClientRequestToken="once")
        answer = self.client.execute_transaction(TransactStatements=[
            {"Statement": f"SELECT n FROM \"{self.name}\" WHERE pk = 'a' AND sk = 0"},
            {"Statement": f"SELECT n FROM \"{self.name}\" WHERE pk = 'd' AND sk = 0"}])
        self.assertEqual(answer["Responses"], [{"Item": {"n": number(1)}}, {}])

    def test_stream(self):
        self.run_statement("UPDATE @ SET seen = TRUE WHERE pk = 'b' AND sk = 39")
        streams = boto3.client("dynamodbstreams", **arguments(self.server))
        arn = self.client.describe_table(TableName=self.name)["Table"]["LatestStreamArn"]
        records = []
        for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard["ShardId"],
                                                  ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
            records += streams.get_records(ShardIterator=iterator)["Records"]
        self.assertEqual([record["eventName"] for record in records].count("INSERT"), 40)
        changes = [record["dynamodb"] for record in records if record["eventName"] == "MODIFY"]
        self.assertEqual([change["NewImage"]["seen"] for change in changes], [{"BOOL": True}])


@unittest.skipUnless(boto3, "boto3 is not installed")
class Commits(Case):
    def count_commits(self, server):
        status, headers, body = server.request("GET", "/metrics")
        return next(float(line.split()[1]) for line in body.decode().splitlines()
                    if line.startswith("hashrange_commits_total "))

    def test_reading_waits_for_none(self):
        server = self.start("--db", self.folder / "db")
        client = boto3.client("dynamodb", **arguments(server))
        client.create_table(TableName="things", BillingMode="PAY_PER_REQUEST",
                            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}])
        client.execute_statement(Statement="INSERT INTO things VALUE {'pk': 'a'}")
        count = self.count_commits(server)
        text = "-- comes first\nSELECT * FROM things WHERE pk = 'a'"
        self.assertEqual(client.execute_statement(Statement=text)["Items"], [{"pk": string("a")}])
        client.batch_execute_statement(Statements=[{"Statement": text}])
        client.execute_transaction(TransactStatements=[{"Statement": text}])
        with self.assertRaises(ClientError):
            client.execute_statement(Statement="SELECT * FROM nowhere")
        self.assertEqual(self.count_commits(server), count)
        for statement in "UPDATE things SET x = 1 WHERE pk = 'a'", "DELETE FROM things WHERE pk = 'a'":
            client.execute_statement(Statement=statement)
        self.assertEqual(self.count_commits(server), count + 2)


if __name__ == "__main__":
    tap.main()
