"""Streams, time to live and backups as programs use them, through boto3."""

import signal
import threading
import time
import unittest

from support import PATIENCE_S, Case, SharedServer

import tap

try:
    import boto3
    import botocore.config
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError:
    boto3 = None

EVENTS = {(False, True): "INSERT", (True, True): "MODIFY", (True, False): "REMOVE"}
EXPIRY = {"Enabled": True, "AttributeName": "due"}


def connect(service, server):
    return boto3.client(service, endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="key",
                        aws_secret_access_key="secret", config=botocore.config.Config(retries={"max_attempts": 0}))


def create_table(client, name, view="NEW_AND_OLD_IMAGES"):
    """Gives the name of the stream."""
    client.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
                        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
                        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
                        StreamSpecification={"StreamEnabled": True, "StreamViewType": view})
    client.get_waiter("table_exists").wait(TableName=name)
    return client.describe_table(TableName=name)["Table"]["LatestStreamArn"]


class Reader:
    """Reads all shards of a stream from the start, and goes on where it was."""

    def __init__(self, client, arn):
        self.client = client
        self.iterators = {}
        description = client.describe_stream(StreamArn=arn)["StreamDescription"]
        for shard in description["Shards"]:
            self.iterators[shard["ShardId"]] = client.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]

    def read(self, limit=1000):
        """What is there now, by shard."""
        found = {}
        for shard, iterator in self.iterators.items():
            found[shard] = []
            while iterator is not None:
                answer = self.client.get_records(ShardIterator=iterator, Limit=limit)
                iterator = answer.get("NextShardIterator")
                found[shard] += answer["Records"]
                if not answer["Records"]:
                    break
            self.iterators[shard] = iterator
        return found

    def read_all(self, limit=1000):
        return sorted(sum(self.read(limit).values(), []), key=lambda record: int(record["dynamodb"]["SequenceNumber"]))


def apply(replica, records):
    """Does to the replica, items by key, what the records tell."""
    for record in records:
        change = record["dynamodb"]
        key = change["Keys"]["pk"]["S"]
        if replica.pop(key, None) != change.get("OldImage"):
            raise AssertionError(f"the replica has another item before {record}")
        if "NewImage" in change:
            replica[key] = change["NewImage"]


def read_table(client, name):
    return {item["pk"]["S"]: item for item in client.scan(TableName=name)["Items"]}


@unittest.skipUnless(boto3, "boto3 is not installed")
class Streams(SharedServer):
    def setUp(self):
        super().setUp()
        self.client = connect("dynamodb", self.server)
        self.streams = connect("dynamodbstreams", self.server)
        self.name = self.id().rsplit(".", 1)[-1]
        self.arn = create_table(self.client, self.name)

    def put(self, key, **attributes):
        self.client.put_item(TableName=self.name, Item={"pk": {"S": key}, **attributes})

    def test_replica(self):
        """Who applies what the stream says has the table."""
        reader = Reader(self.streams, self.arn)
        replica = {}
        for number in range(300):
            key = str(number * 7 % 40)
            if number % 5 == 4:
                self.client.delete_item(TableName=self.name, Key={"pk": {"S": key}})
            else:
                self.put(key, v={"N": str(number)})
            if number % 100 == 99:
                records = reader.read_all(limit=7)
                apply(replica, records)
                for record in records:
                    self.assertEqual(record["eventName"], EVENTS["OldImage" in record["dynamodb"],
                                                                 "NewImage" in record["dynamodb"]])
        self.assertEqual(replica, read_table(self.client, self.name))

    def test_one_shard_a_key(self):
        for number in range(100):
            self.put(str(number % 10), v={"N": str(number)})
        found = Reader(self.streams, self.arn).read()
        self.assertEqual(len(found), 4)
        shards = [{record["dynamodb"]["Keys"]["pk"]["S"] for record in records} for records in found.values()]
        self.assertEqual(sum(map(len, shards)), 10)
        for records in found.values():
            numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
            self.assertEqual(numbers, sorted(numbers))
            self.assertTrue(all(number.isdigit() for number in numbers))
        self.assertLessEqual(max(map(len, found)), 65)

    def test_errors(self):
        with self.assertRaises(self.streams.exceptions.ResourceNotFoundException):
            self.streams.describe_stream(StreamArn=self.arn[:-1] + "x")
        with self.assertRaises(ClientError) as raised:
            self.streams.describe_stream(StreamArn="x" * 40)
        self.assertEqual(raised.exception.response["Error"]["Code"], "ValidationException")

    def test_listed(self):
        arns = []
        more = {}
        while True:
            answer = self.streams.list_streams(Limit=1, **more)
            arns += [stream["StreamArn"] for stream in answer["Streams"]]
            if "LastEvaluatedStreamArn" not in answer:
                break
            more = {"ExclusiveStartStreamArn": answer["LastEvaluatedStreamArn"]}
        self.assertIn(self.arn, arns)
        self.assertEqual(len(arns), len(set(arns)))


@unittest.skipUnless(boto3, "boto3 is not installed")
class Restart(Case):
    def test_iterators_survive(self):
        path = self.folder / "db"
        server = self.start("--db", path)
        client = connect("dynamodb", server)
        arn = create_table(client, "things")
        client.put_item(TableName="things", Item={"pk": {"S": "a"}})
        reader = Reader(connect("dynamodbstreams", server), arn)
        self.assertEqual(len(reader.read_all()), 1)
        client.put_item(TableName="things", Item={"pk": {"S": "b"}})
        self.finish(server)

        server = self.start("--db", path)
        client = connect("dynamodb", server)
        client.put_item(TableName="things", Item={"pk": {"S": "c"}})
        reader.client = connect("dynamodbstreams", server)
        self.assertEqual([record["dynamodb"]["Keys"]["pk"]["S"] for record in reader.read_all()], ["b", "c"])


    def test_killed(self):
        """Whatever a server that is killed had kept, the stream tells of all of it and of nothing else."""
        path = self.folder / "db"
        for _ in range(3):
            server = self.start("--db", path)
            client = connect("dynamodb", server)
            if "things" not in client.list_tables()["TableNames"]:
                arn = create_table(client, "things")
            written = []
            threads = [threading.Thread(target=self.write, args=(connect("dynamodb", server), number, written))
                       for number in range(4)]
            for thread in threads:
                thread.start()
            while len(written) < 100 and any(thread.is_alive() for thread in threads):
                time.sleep(0.001)
            server.stop(signal.SIGKILL)
            for thread in threads:
                thread.join()
        server = self.start("--db", path)
        replica = {}
        apply(replica, Reader(connect("dynamodbstreams", server), arn).read_all())
        self.assertEqual(replica, read_table(connect("dynamodb", server), "things"))
        self.assertTrue(replica)

    def write(self, client, number, written):
        """Until there is nobody to write to."""
        count = 0
        while True:
            key = {"pk": {"S": str((count * 7 + number) % 30)}}
            try:
                if count % 4 == 3:
                    client.delete_item(TableName="things", Key=key)
                else:
                    client.put_item(TableName="things", Item={**key, "v": {"S": f"{number} {count}"}})
            except BotoCoreError:
                return
            written.append(key)
            count += 1


@unittest.skipUnless(boto3, "boto3 is not installed")
class TimeToLive(Case):
    def wait_for_end(self, client, name):
        end = time.monotonic() + PATIENCE_S
        while client.scan(TableName=name)["Count"] > 1:
            self.assertLess(time.monotonic(), end, "the items are still there")
            time.sleep(0.05)

    def fill(self, client, now):
        for number, due in enumerate([{"N": str(now - 100)}, {"N": f"{now - 50}.5"}, {"N": str(now + 10000)}]):
            client.put_item(TableName="things", Item={"pk": {"S": str(number)}, "due": due})

    def check_records(self, server, arn):
        records = Reader(connect("dynamodbstreams", server), arn).read_all()
        removed = [record for record in records if record["eventName"] == "REMOVE"]
        self.assertEqual({record["dynamodb"]["Keys"]["pk"]["S"] for record in removed}, {"0", "1"})
        for record in removed:
            self.assertEqual(record["userIdentity"], {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"})
            self.assertIn("OldImage", record["dynamodb"])

    def test_expiry(self):
        """Also when nobody asks for anything meanwhile, and in a file as in memory."""
        for arguments in [], ["--db", self.folder / "db"]:
            with self.subTest(arguments=arguments):
                server = self.start("--ttl-delay", 0, *arguments)
                client = connect("dynamodb", server)
                arn = create_table(client, "things")
                self.fill(client, int(time.time()))
                client.update_time_to_live(TableName="things", TimeToLiveSpecification=EXPIRY)
                self.wait_for_end(client, "things")
                self.check_records(server, arn)
                self.assertEqual(client.scan(TableName="things")["Items"][0]["pk"], {"S": "2"})

    def test_delay(self):
        server = self.start("--ttl-delay", 100000)
        client = connect("dynamodb", server)
        create_table(client, "things")
        client.update_time_to_live(TableName="things", TimeToLiveSpecification=EXPIRY)
        self.fill(client, int(time.time()))
        time.sleep(0.3)
        self.assertEqual(client.scan(TableName="things")["Count"], 3)
        self.assertEqual(client.describe_time_to_live(TableName="things")["TimeToLiveDescription"],
                         {"TimeToLiveStatus": "ENABLED", "AttributeName": "due"})

    def test_bad_delay(self):
        with self.assertRaisesRegex(RuntimeError, "--ttl-delay takes a number of seconds"):
            self.start("--ttl-delay", -1)


@unittest.skipUnless(boto3, "boto3 is not installed")
class Recovery(Case):
    def test_table_of_yesterday(self):
        """A table as it was at a second, in a file and after a restart; and the one that was deleted."""
        path = self.folder / "db"
        server = self.start("--db", path)
        client = connect("dynamodb", server)
        create_table(client, "things")
        answer = client.update_continuous_backups(TableName="things", PointInTimeRecoverySpecification={
            "PointInTimeRecoveryEnabled": True})["ContinuousBackupsDescription"]
        self.assertEqual(answer["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"], "ENABLED")
        client.put_item(TableName="things", Item={"pk": {"S": "a"}, "v": {"N": "1"}})
        time.sleep(1.1 - time.time() % 1)
        then = int(time.time())
        time.sleep(0.1)
        client.put_item(TableName="things", Item={"pk": {"S": "a"}, "v": {"N": "2"}})
        client.put_item(TableName="things", Item={"pk": {"S": "b"}})
        self.finish(server)

        server = self.start("--db", path)
        client = connect("dynamodb", server)
        client.restore_table_to_point_in_time(SourceTableName="things", TargetTableName="before", RestoreDateTime=then)
        client.get_waiter("table_exists").wait(TableName="before")
        self.assertEqual(client.scan(TableName="before")["Items"], [{"pk": {"S": "a"}, "v": {"N": "1"}}])
        client.delete_table(TableName="things")
        backup = client.list_backups(TableName="things", BackupType="SYSTEM")["BackupSummaries"][0]
        client.restore_table_from_backup(TargetTableName="things", BackupArn=backup["BackupArn"])
        self.assertEqual(client.scan(TableName="things")["Count"], 2)

    def test_large(self):
        """What is large is made while others write, and is what there was when it was asked for."""
        client = connect("dynamodb", self.start("--db", self.folder / "db"))
        create_table(client, "things")
        for i in range(80):
            client.put_item(TableName="things", Item={"pk": {"S": str(i)}, "v": {"S": "x" * 30000}})
        backup = client.create_backup(TableName="things", BackupName="one")["BackupDetails"]
        self.assertEqual(backup["BackupStatus"], "CREATING")
        backup = backup["BackupArn"]
        for i in range(80):
            client.put_item(TableName="things", Item={"pk": {"S": str(i)}, "v": {"S": "late"}})

        def get_details():
            return client.describe_backup(BackupArn=backup)["BackupDescription"]["BackupDetails"]

        end = time.monotonic() + PATIENCE_S
        while get_details()["BackupStatus"] != "AVAILABLE" and time.monotonic() < end:
            time.sleep(0.01)
        self.assertGreater(get_details()["BackupSizeBytes"], 80 * 30000)
        answer = client.restore_table_from_backup(TargetTableName="again", BackupArn=backup)["TableDescription"]
        self.assertEqual((answer["TableStatus"], answer["RestoreSummary"]["RestoreInProgress"]), ("CREATING", True))
        client.get_waiter("table_exists").wait(TableName="again", WaiterConfig={"Delay": 1})
        items = [item for page in client.get_paginator("scan").paginate(TableName="again") for item in page["Items"]]
        self.assertEqual({(int(item["pk"]["S"]), item["v"]["S"]) for item in items},
                         {(i, "x" * 30000) for i in range(80)})

    def test_errors(self):
        client = connect("dynamodb", self.start())
        create_table(client, "things")
        backup = client.create_backup(TableName="things", BackupName="one")["BackupDetails"]["BackupArn"]
        self.assertEqual(client.describe_backup(BackupArn=backup)["BackupDescription"]["BackupDetails"]["BackupStatus"],
                         "AVAILABLE")
        with self.assertRaises(client.exceptions.TableAlreadyExistsException):
            client.restore_table_from_backup(TargetTableName="things", BackupArn=backup)
        with self.assertRaises(client.exceptions.PointInTimeRecoveryUnavailableException):
            client.restore_table_to_point_in_time(SourceTableName="things", TargetTableName="other",
                                                  UseLatestRestorableTime=True)
        client.delete_backup(BackupArn=backup)
        with self.assertRaises(client.exceptions.BackupNotFoundException):
            client.describe_backup(BackupArn=backup)
        with self.assertRaises(client.exceptions.TableNotFoundException):
            client.describe_continuous_backups(TableName="nowhere")


if __name__ == "__main__":
    tap.main()
