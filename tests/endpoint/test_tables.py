"""Operations on tables through boto3, and waiting for them with --status-delay."""

import unittest

from support import Case, SharedServer
from test_sdk import HASH, boto3, connect

import tap

PK = [{"AttributeName": "pk", "AttributeType": "S"}]
X = [{"AttributeName": "x", "AttributeType": "S"}]
INDEX = {"IndexName": "by-x", "KeySchema": [{"AttributeName": "x", "KeyType": "HASH"}],
         "Projection": {"ProjectionType": "ALL"}}


def create(client, name, **more):
    return client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=HASH,
                               AttributeDefinitions=PK, **more)["TableDescription"]


def add_index(client, name):
    return client.update_table(TableName=name, AttributeDefinitions=X,
                               GlobalSecondaryIndexUpdates=[{"Create": INDEX}])["TableDescription"]


class Failing:
    """What fails with an error of the service of this name; its message is in `message`."""

    def fails(self, name):
        test = self

        class Expectation:
            def __enter__(self):
                return self

            def __exit__(self, kind, error, trace):
                test.assertIsNotNone(error, "nothing failed")
                test.assertEqual(error.response["Error"]["Code"], name)
                self.message = error.response["Error"]["Message"]
                return True

        return Expectation()


@unittest.skipUnless(boto3, "boto3 is not installed")
class Settings(SharedServer, Failing):
    def setUp(self):
        super().setUp()
        self.client = connect(self.server)
        self.name = self.id().rsplit(".", 1)[-1]
        self.arn = create(self.client, self.name)["TableArn"]

    def describe(self):
        return self.client.describe_table(TableName=self.name)["Table"]

    def test_billing(self):
        self.client.update_table(TableName=self.name, BillingMode="PROVISIONED",
                                 ProvisionedThroughput={"ReadCapacityUnits": 3, "WriteCapacityUnits": 4})
        self.assertEqual(self.describe()["ProvisionedThroughput"]["WriteCapacityUnits"], 4)
        self.client.update_table(TableName=self.name, BillingMode="PAY_PER_REQUEST")
        summary = self.describe()["BillingModeSummary"]
        self.assertEqual(summary["BillingMode"], "PAY_PER_REQUEST")
        self.assertGreater(summary["LastUpdateToPayPerRequestDateTime"], self.describe()["CreationDateTime"])

    def test_index(self):
        self.client.put_item(TableName=self.name, Item={"pk": {"S": "1"}, "x": {"S": "a"}})
        add_index(self.client, self.name)
        found = self.client.query(TableName=self.arn, IndexName="by-x", KeyConditionExpression="x = :x",
                                  ExpressionAttributeValues={":x": {"S": "a"}})
        self.assertEqual(found["Count"], 1)
        self.client.update_table(TableName=self.name,
                                 GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-x"}}])
        self.assertEqual(self.describe()["AttributeDefinitions"], PK)

    def test_tags(self):
        self.client.tag_resource(ResourceArn=self.arn,
                                 Tags=[{"Key": "team", "Value": "blue"}, {"Key": "a", "Value": ""}])
        self.client.untag_resource(ResourceArn=self.arn, TagKeys=["a"])
        pages = self.client.get_paginator("list_tags_of_resource").paginate(ResourceArn=self.arn)
        self.assertEqual([tag for page in pages for tag in page["Tags"]], [{"Key": "team", "Value": "blue"}])
        with self.fails("AccessDeniedException"):
            self.client.list_tags_of_resource(ResourceArn=self.arn + "x")

    def test_account(self):
        self.assertEqual(self.client.describe_limits()["TableMaxReadCapacityUnits"], 40000)
        endpoint = self.client.describe_endpoints()["Endpoints"][0]
        self.assertEqual(f"http://{endpoint['Address']}", self.server.url)

    def test_insights(self):
        self.client.update_contributor_insights(TableName=self.name, ContributorInsightsAction="ENABLE")
        answer = self.client.describe_contributor_insights(TableName=self.name)
        self.assertEqual(answer["ContributorInsightsStatus"], "ENABLED")
        listed = self.client.list_contributor_insights()["ContributorInsightsSummaries"]
        self.assertIn(self.name, [entry["TableName"] for entry in listed])

    def test_number(self):
        first = self.client.describe_table(TableName=self.name)["Table"]["TableId"]
        self.client.delete_table(TableName=self.name)
        self.assertNotEqual(create(self.client, self.name)["TableId"], first)

    def test_what_there_is_not(self):
        with self.fails("UnknownOperationException") as expectation:
            self.client.list_global_tables()
        self.assertIn("ListGlobalTables", expectation.message)
        with self.fails("ValidationException"):
            self.client.update_table(TableName=self.name, ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}])


@unittest.skipUnless(boto3, "boto3 is not installed")
class Waiting(Case, Failing):
    """How long the delay is does not matter, as long as something is seen before it is over."""

    def setUp(self):
        super().setUp()
        self.server = self.start("--status-delay", 700)
        self.client = connect(self.server)

    def wait(self, name="table_exists"):
        self.client.get_waiter(name).wait(TableName="things", WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    def describe(self):
        return self.client.describe_table(TableName="things")["Table"]

    def wait_for_index(self):
        while any(index["IndexStatus"] != "ACTIVE" for index in self.describe().get("GlobalSecondaryIndexes", [])):
            pass

    def test_life(self):
        self.assertEqual(create(self.client, "things")["TableStatus"], "CREATING")
        with self.fails("ResourceNotFoundException"):
            self.client.put_item(TableName="things", Item={"pk": {"S": "1"}})
        with self.fails("ResourceInUseException"):
            self.client.delete_table(TableName="things")
        self.wait()
        self.client.put_item(TableName="things", Item={"pk": {"S": "1"}, "x": {"S": "a"}})

        description = add_index(self.client, "things")
        self.assertEqual(description["TableStatus"], "UPDATING")
        self.assertEqual(description["GlobalSecondaryIndexes"][0]["IndexStatus"], "CREATING")
        self.assertIs(description["GlobalSecondaryIndexes"][0]["Backfilling"], True)
        with self.fails("ValidationException") as expectation:
            self.client.scan(TableName="things", IndexName="by-x")
        self.assertEqual(expectation.message, "Cannot read from backfilling global secondary index: by-x")
        with self.fails("ResourceInUseException"):
            self.client.update_table(TableName="things", BillingMode="PAY_PER_REQUEST")
        self.wait()
        self.wait_for_index()
        self.assertNotIn("Backfilling", self.describe()["GlobalSecondaryIndexes"][0])
        self.assertEqual(self.client.scan(TableName="things", IndexName="by-x")["Count"], 1)

        self.assertEqual(self.client.delete_table(TableName="things")["TableDescription"]["TableStatus"], "DELETING")
        with self.fails("ResourceNotFoundException"):
            self.client.get_item(TableName="things", Key={"pk": {"S": "1"}})
        with self.fails("ResourceInUseException"):
            create(self.client, "things")
        self.wait("table_not_exists")
        create(self.client, "things")

    def test_wrong_delays(self):
        for delay in -1, 3600001, "x":
            with self.assertRaises(RuntimeError):
                self.start("--status-delay", delay)


@unittest.skipUnless(boto3, "boto3 is not installed")
class Slices(Case):
    """A large index is built while others are answered."""

    COUNT = 1500

    def test_build(self):
        server = self.start()
        client = connect(server)
        create(client, "things")
        for start in range(0, self.COUNT, 25):
            client.batch_write_item(RequestItems={"things": [
                {"PutRequest": {"Item": {"pk": {"S": str(i)}, "x": {"S": str(i % 7)}, "v": {"S": "v" * 2000}}}}
                for i in range(start, start + 25)]})
        description = add_index(client, "things")
        self.assertEqual(description["TableStatus"], "UPDATING")
        number = 0

        def is_built():
            table = client.describe_table(TableName="things")["Table"]
            return table["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"

        while not is_built():
            client.update_item(TableName="things", Key={"pk": {"S": str(number * 37 % self.COUNT)}},
                               UpdateExpression="SET x = :x", ExpressionAttributeValues={":x": {"S": "moved"}})
            number += 1
        pages = client.get_paginator("scan").paginate(TableName="things", IndexName="by-x")
        held = {item["pk"]["S"]: item["x"]["S"] for page in pages for item in page["Items"]}
        pages = client.get_paginator("scan").paginate(TableName="things")
        self.assertEqual(held, {item["pk"]["S"]: item["x"]["S"] for page in pages for item in page["Items"]})
        self.assertEqual(len(held), self.COUNT)


if __name__ == "__main__":
    tap.main()
