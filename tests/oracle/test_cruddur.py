"""Tests of the oracle on cases small enough to count by hand, and of the Cruddur sample's own figures.

    /usr/bin/python3 -m unittest tests/oracle/test_cruddur.py
"""

import contextlib
import copy
import datetime
import io
import json
import pathlib
import sys
import tempfile
import unittest
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import cruddur  # noqa: E402

SAMPLE = pathlib.Path(__file__).parents[2] / "samples" / "cruddur-messages.hashrange.json"
CONVERSATION = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399"


def s(text):
    return {"S": text}


def item(pk, sk, size_bytes=None, **attributes):
    """An item with the keys pk and sk, filled up to `size_bytes` by an attribute f."""
    made = {"pk": s(pk), "sk": s(sk), **attributes}
    if size_bytes is not None:
        made["f"] = s("x" * (size_bytes - cruddur.item_size(made) - len("f")))
    return made


def model(items=(), indexes=(), steps=(), parameters=()):
    return cruddur.Model({
        "hashrange": 1,
        "tables": [{
            "name": "t",
            "partition_key": [{"name": "pk", "type": "S"}],
            "sort_key": [{"name": "sk", "type": "S"}],
            "indexes": list(indexes),
            "items": list(items),
        }],
        "patterns": [{"id": "P", "parameters": list(parameters), "steps": list(steps)}],
    })


def index(projection="ALL"):
    return {
        "name": "by-g",
        "kind": "global",
        "partition_key": [{"name": "g", "type": "S"}],
        "sort_key": [{"name": "sk", "type": "S"}],
        "projection": projection,
    }


def step(operation, request, name="step", **more):
    return {"name": name, "operation": operation, "request": {"TableName": "t", **request}, **more}


def query(condition, values, **more):
    members = {name: more.pop(name) for name in list(more) if name[0].isupper()}
    return step("Query", {"KeyConditionExpression": condition, "ExpressionAttributeValues": values, **members}, **more)


def run(steps, **parts):
    made = model(steps=steps, **parts)
    return made.run(made.patterns[0])[0]


def sort_keys(result):
    return [key["sk"]["S"] for key in result.keys]


class Sizes(unittest.TestCase):
    def test_number(self):
        for text, size in {
            "0": 1, "-0": 1, "1": 2, "5": 2, "12": 2, "15": 2, "100": 2, "0.15": 2, "0.001": 2, "1E125": 2,
            "123": 3, "1234": 3, "1010": 3, "1.5": 3, "-42": 3, "1.234": 4, "100.5": 4, "123456": 4, "-1.5": 4,
            "3.14159": 5, "1700318200": 5, "0042.1200": 3, "1" * 38: 20,
        }.items():
            with self.subTest(text):
                self.assertEqual(cruddur.number_size(text), size)

    def test_value(self):
        for value, size in [
            (s("cafés"), 6),
            (s("☕"), 3),
            (s("🎉"), 4),
            ({"B": "AAEC"}, 3),
            ({"BOOL": False}, 1),
            ({"NULL": True}, 1),
            ({"SS": ["a", "bc"]}, 3),
            ({"NS": ["1", "123"]}, 5),
            ({"BS": ["AAEC"]}, 3),
            ({"L": []}, 3),
            ({"L": [s("a"), {"N": "1"}]}, 3 + 1 + 1 + 1 + 2),
            ({"M": {}}, 3),
            ({"M": {"ab": s("c")}}, 3 + 1 + 2 + 1),
        ]:
            with self.subTest(value):
                self.assertEqual(cruddur.value_size(value), size)

    def test_item(self):
        self.assertEqual(cruddur.item_size({"shirt-color": s("R"), "shirt-size": s("M")}), 23)
        self.assertEqual(cruddur.item_size(item("p", "a", 4096)), 4096)


class Reads(unittest.TestCase):
    def units(self, sizes, **more):
        items = [item("p", f"{n:03}", size) for n, size in enumerate(sizes)]
        return run([query("pk = :p", {":p": s("p")}, **more)], items=items).read_units

    def test_sizes_are_added_and_rounded_once(self):
        self.assertEqual(self.units([4096]), 0.5)
        self.assertEqual(self.units([4097]), 1.0)
        self.assertEqual(self.units([400] * 20), 1.0)
        self.assertEqual(self.units([2048] * 4), 1.0)
        self.assertEqual(self.units([2048] * 4 + [100]), 1.5)

    def test_consistent_read_costs_double(self):
        self.assertEqual(self.units([4097], ConsistentRead=True), 2.0)

    def test_nothing_found_is_charged(self):
        self.assertEqual(self.units([]), 0.5)

    def test_limit_is_read_and_no_more(self):
        self.assertEqual(self.units([4096] * 10, Limit=3), 1.5)

    def test_each_page_is_rounded(self):
        self.assertEqual(self.units([100] * 5, Limit=2, pages=2), 1.0)
        self.assertEqual(self.units([100] * 5, Limit=2, pages="all"), 1.5)
        self.assertEqual(self.units([100] * 4, Limit=2, pages="all"), 1.5, "two pages and an empty one")

    def test_key_conditions(self):
        items = [item("p", sk) for sk in ("b", "a", "ab", "é", "ac", "z")] + [item("q", "a")]
        for condition, values, wanted in [
            ("pk = :p", {}, ["a", "ab", "ac", "b", "z", "é"]),
            ("pk = :p AND sk = :a", {":a": s("ab")}, ["ab"]),
            ("sk = :a AND pk = :p", {":a": s("ab")}, ["ab"]),
            ("pk = :p AND sk < :a", {":a": s("ac")}, ["a", "ab"]),
            ("pk = :p AND sk <= :a", {":a": s("ac")}, ["a", "ab", "ac"]),
            ("pk = :p AND sk > :a", {":a": s("b")}, ["z", "é"]),
            ("pk = :p AND sk >= :a", {":a": s("b")}, ["b", "z", "é"]),
            ("pk = :p AND sk BETWEEN :a AND :b", {":a": s("ab"), ":b": s("b")}, ["ab", "ac", "b"]),
            ("pk = :p and (sk between :a and :b)", {":a": s("ab"), ":b": s("b")}, ["ab", "ac", "b"]),
            ("pk = :p AND begins_with(sk, :a)", {":a": s("a")}, ["a", "ab", "ac"]),
            ("#p = :p AND begins_with ( #s, :a )", {":a": s("a")}, ["a", "ab", "ac"]),
        ]:
            with self.subTest(condition):
                asked = query(condition, {":p": s("p"), **values}, ExpressionAttributeNames={"#p": "pk", "#s": "sk"})
                self.assertEqual(sort_keys(run([asked], items=items)), wanted)

    def test_backwards_with_a_limit(self):
        items = [item("p", sk) for sk in "abcde"]
        asked = query("pk = :p", {":p": s("p")}, ScanIndexForward=False, Limit=2)
        result = run([asked], items=items)
        self.assertEqual(sort_keys(result), ["e", "d"])
        self.assertEqual((result.count, result.scanned), (2, 2))

    def test_numbers_sort_by_value(self):
        made = cruddur.Model({
            "tables": [{
                "name": "t",
                "partition_key": [{"name": "pk", "type": "S"}],
                "sort_key": [{"name": "sk", "type": "N"}],
                "items": [{"pk": s("p"), "sk": {"N": number}} for number in ("10", "9", "-1", "2.5")],
            }],
            "patterns": [{"id": "P", "steps": [
                query("pk = :p AND sk > :n", {":p": s("p"), ":n": {"N": "-1.0"}})]}],
        })
        total, _ = made.run(made.patterns[0])
        self.assertEqual([key["sk"]["N"] for key in total.keys], ["2.5", "9", "10"])

    def test_sparse_index(self):
        items = [item("p", "a", g=s("g")), item("p", "b"), item("q", "c", g=s("g")), item("q", "d", g=s("h"))]
        asked = query("g = :g", {":g": s("g")}, IndexName="by-g")
        result = run([asked], items=items, indexes=[index()])
        self.assertEqual(result.keys, [{"pk": s("p"), "sk": s("a")}, {"pk": s("q"), "sk": s("c")}])
        self.assertEqual(result.read_units, 0.5)

    def test_index_is_charged_by_its_entries(self):
        items = [item("p", f"{n}", 4000, g=s("g")) for n in range(4)]
        for projection, units in [("ALL", 2.0), ("KEYS_ONLY", 0.5), (["f"], 2.0), (["other"], 0.5)]:
            with self.subTest(projection):
                asked = query("g = :g", {":g": s("g")}, IndexName="by-g")
                self.assertEqual(run([asked], items=items, indexes=[index(projection)]).read_units, units)


class Writes(unittest.TestCase):
    def put(self, new, old=None, projection=None):
        return run(
            [step("PutItem", {"Item": new})],
            items=[] if old is None else [old],
            indexes=[] if projection is None else [index(projection)],
        ).write_units

    def test_rounded_to_the_kilobyte(self):
        self.assertEqual(self.put(item("p", "a", 1024)), 1.0)
        self.assertEqual(self.put(item("p", "a", 1025)), 2.0)

    def test_replacing_costs_the_larger(self):
        self.assertEqual(self.put(item("p", "a", 100), old=item("p", "a", 3000)), 3.0)

    def test_index_arms(self):
        old, g, h = {"g": s("g")}, {"g": s("g")}, {"g": s("h")}
        for what, new, before, projection, arm in [
            ("not in the index", {}, None, "ALL", 0),
            ("enters", g, None, "ALL", 1),
            ("moves", h, old, "ALL", 2),
            ("leaves", {}, old, "ALL", 1),
            ("stays as it was", g, old, "ALL", 0),
            ("a projected attribute changes", {**g, "n": s("1")}, old, "ALL", 1),
            ("an attribute outside changes", {**g, "n": s("1")}, old, "KEYS_ONLY", 0),
            ("an attribute outside changes", {**g, "n": s("1")}, old, ["m"], 0),
            ("an equal number", {**g, "n": {"N": "1.0"}}, {**old, "n": {"N": "1"}}, "ALL", 0),
            ("a reordered set", {**g, "n": {"SS": ["b", "a"]}}, {**old, "n": {"SS": ["a", "b"]}}, "ALL", 0),
        ]:
            with self.subTest(what, projection=projection):
                before = None if before is None else item("p", "a", **before)
                self.assertEqual(self.put(item("p", "a", **new), before, projection), 1 + arm)

    def test_index_arm_is_rounded_by_itself(self):
        big = item("p", "a", 3000, g=s("g"))
        self.assertEqual(self.put(big, projection="ALL"), 3 + 3)
        self.assertEqual(self.put(big, projection="KEYS_ONLY"), 3 + 1)

    def test_delete(self):
        key = {"pk": s("p"), "sk": s("a")}
        delete = step("DeleteItem", {"Key": key})
        self.assertEqual(run([delete]).write_units, 1.0)
        self.assertEqual(run([delete], items=[item("p", "a", 2500)]).write_units, 3.0)
        self.assertEqual(run([delete], items=[item("p", "a", g=s("g"))], indexes=[index()]).write_units, 2.0)

    def test_batch(self):
        batch = step("BatchWriteItem", {"RequestItems": {"t": [
            {"PutRequest": {"Item": item("p", "a", 1500, g=s("g"))}},
            {"PutRequest": {"Item": item("p", "b", 100)}},
            {"DeleteRequest": {"Key": {"pk": s("p"), "sk": s("c")}}},
        ]}})
        del batch["request"]["TableName"]
        self.assertEqual(run([batch], indexes=[index()]).write_units, (2 + 2) + 1 + 1)

    def test_patterns_do_not_change_each_other(self):
        made = model(steps=[step("PutItem", {"Item": item("p", "a", g=s("g"))})], indexes=[index()])
        first, _ = made.run(made.patterns[0])
        second, _ = made.run(made.patterns[0])
        self.assertEqual(first, second)


class References(unittest.TestCase):
    def setUp(self):
        self.scope = cruddur.Scope([
            {"name": "who", "type": "S", "example": "ada"},
            {"name": "limit", "type": "N", "example": "20"},
        ])
        self.scope.responses["rows"] = {"Count": 1, "Items": [{"pk": s("P1"), "n": {"N": "7"}, "l": {"L": []}}]}

    def test_filled(self):
        for value, wanted in [
            ("{who}", "ada"),
            ("GRP#{who}", "GRP#ada"),
            ("{{{who}}}", "{ada}"),
            ("{{who}}", "{who}"),
            ("{limit}", 20),
            ("up to {limit}", "up to 20"),
            ({"N": "{limit}"}, {"N": "20"}),
            ({"NS": ["{limit}"]}, {"NS": ["20"]}),
            ({"pk": "{rows.Items[0].pk}"}, {"pk": s("P1")}),
            ({"pk": s("{rows.Items[0].pk.S}")}, {"pk": s("P1")}),
            ("X{rows.Items[0].pk}-{rows.Items[0].n}-{rows.Count}", "XP1-7-1"),
            ([True, None, 3], [True, None, 3]),
        ]:
            with self.subTest(value):
                self.assertEqual(self.scope.fill(value), wanted)

    def test_refused(self):
        for value in ("{nobody}", "{rows.Items[1].pk}", "a {rows.Items[0].l}", "{", "a } b", "{item.pk}"):
            with self.subTest(value), self.assertRaises(cruddur.Unknown):
                self.scope.fill(value)

    def test_for_each_moves_rows(self):
        """The whole of a move: delete and put, in the table and in the index, for two rows."""
        items = [item("GRP#1", "old", g=s("g")), item("GRP#2", "old", g=s("g")), item("MSG#1", "old")]
        steps = [
            query("g = :g", {":g": s("g")}, IndexName="by-g", name="rows", pages="all"),
            step("DeleteItem", {"Key": {"pk": "{item.pk}", "sk": "{item.sk}"}}, name="remove", for_each="rows.Items"),
            step("PutItem", {"Item": {"pk": "{item.pk}", "sk": s("new"), "g": "{item.g}"}},
                 name="put", for_each="rows.Items"),
            query("g = :g", {":g": s("g")}, IndexName="by-g", name="after"),
        ]
        made = model(items=items, indexes=[index()], steps=steps)
        total, results = made.run(made.patterns[0])
        self.assertEqual([result.write_units for result in results], [0.0, 4.0, 4.0, 0.0])
        self.assertEqual(sort_keys(results[3]), ["new", "new"])
        self.assertEqual((total.count, total.read_units, total.write_units), (4, 1.0, 8.0))


class Refusals(unittest.TestCase):
    def test_what_the_oracle_does_not_know(self):
        for what, asked in [
            ("operation", step("UpdateItem", {"Key": {}})),
            ("filter", query("pk = :p", {":p": s("p")}, FilterExpression="a = :p")),
            ("condition", step("PutItem", {"Item": item("p", "a"), "ConditionExpression": "attribute_exists(pk)"})),
            ("no partition key", query("sk = :p", {":p": s("p")})),
            ("not a key", query("pk = :p AND other = :p", {":p": s("p")})),
            ("wrong type", query("pk = :p", {":p": {"N": "1"}})),
            ("operator", query("pk = :p AND sk <> :p", {":p": s("p")})),
            ("rest", query("pk = :p sk = :p", {":p": s("p")})),
            ("bounds", query("pk = :p AND sk BETWEEN :b AND :a", {":p": s("p"), ":a": s("a"), ":b": s("b")})),
            ("consistent index", query("g = :p", {":p": s("p")}, IndexName="by-g", ConsistentRead=True)),
        ]:
            with self.subTest(what), self.assertRaises(cruddur.Unknown):
                run([asked], indexes=[index()])

    def test_two_items_with_one_key(self):
        with self.assertRaises(cruddur.Unknown):
            model(items=[item("p", "a"), item("p", "a", 100)])


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = SAMPLE.read_text(encoding="utf-8")
        cls.document = json.loads(cls.text)
        cls.model = cruddur.Model(cls.document)
        cls.items = cls.document["tables"][0]["items"]
        cls.partitions = {}
        for row in cls.items:
            cls.partitions.setdefault(row["pk"]["S"], []).append({name: value["S"] for name, value in row.items()})
        cls.dialogue = cls.partitions[f"MSG#{CONVERSATION}"]


class Dialogue(Sample):
    def test_length(self):
        self.assertEqual(len(self.dialogue), 104)

    def test_strictly_alternating(self):
        senders = [message["user_handle"] for message in self.dialogue]
        self.assertEqual(len(set(senders)), 2)
        self.assertEqual(senders, senders[:2] * 52)

    def test_one_message_a_minute(self):
        times = [datetime.datetime.fromisoformat(message["sk"]) for message in self.dialogue]
        apart = {later - earlier for earlier, later in zip(times, times[1:])}
        self.assertEqual(apart, {datetime.timedelta(minutes=1)})

    def test_texts(self):
        texts = [message["message"] for message in self.dialogue]
        self.assertEqual(len(set(texts)), 104)
        self.assertTrue(all(text.isascii() for text in texts))
        sizes = [len(text) for text in texts]
        self.assertGreaterEqual(min(sizes), 56)
        self.assertLessEqual(max(sizes), 345)
        self.assertGreaterEqual(sum(sizes) / 104, 175)
        self.assertLessEqual(sum(sizes) / 104, 187)


class Table(Sample):
    def test_partitions(self):
        self.assertGreaterEqual(len(self.partitions), 8)
        self.assertEqual({pk[:4] for pk in self.partitions}, {"MSG#", "GRP#"})

    def test_attributes(self):
        shared = {"pk", "sk", "message", "user_uuid", "user_display_name", "user_handle"}
        for pk, rows in self.partitions.items():
            own = "message_uuid" if pk.startswith("MSG#") else "message_group_uuid"
            for row in rows:
                self.assertEqual(set(row), shared | {own})

    def test_times_have_one_width(self):
        for rows in self.partitions.values():
            for row in rows:
                moment = datetime.datetime.fromisoformat(row["sk"])
                self.assertEqual(row["sk"], moment.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"))
                self.assertEqual(moment.year, 2026)

    def test_uuids(self):
        used = [row["message_uuid"] for rows in self.partitions.values() for row in rows if "message_uuid" in row]
        self.assertEqual(len(set(used)), len(used))
        for text in used + [pk[4:] for pk in self.partitions]:
            self.assertEqual((str(uuid.UUID(text)), uuid.UUID(text).version), (text, 4))

    def test_group_rows_mirror_the_last_message(self):
        inboxes = {}
        for pk, rows in self.partitions.items():
            for row in rows if pk.startswith("GRP#") else []:
                inboxes.setdefault(row["message_group_uuid"], {})[pk[4:]] = row
        conversations = {pk[4:]: rows for pk, rows in self.partitions.items() if pk.startswith("MSG#")}
        self.assertEqual(set(inboxes), set(conversations))
        who = ("user_uuid", "user_display_name", "user_handle")
        for conversation, messages in conversations.items():
            last = max(messages, key=lambda message: message["sk"])
            members = {tuple(message[name] for name in who) for message in messages}
            rows = inboxes[conversation]
            self.assertEqual(set(rows), {member[0] for member in members})
            self.assertEqual(len(rows), 2)
            for owner, row in rows.items():
                self.assertEqual((row["sk"], row["message"]), (last["sk"], last["message"]))
                self.assertEqual({tuple(row[name] for name in who)}, {one for one in members if one[0] != owner})

    def test_some_texts_have_more_bytes_than_characters(self):
        self.assertTrue(any(not row["message"].isascii() for rows in self.partitions.values() for row in rows))

    def test_one_item_a_line(self):
        lines = [line.strip().rstrip(",") for line in self.text.splitlines()]
        keyed = [json.loads(line) for line in lines if line.startswith('{"pk": {"S"') and line.endswith("}}")]
        self.assertEqual([row for row in keyed if "message" in row], self.items)
        self.assertTrue(self.text.endswith("}\n"))


class Patterns(Sample):
    def test_expectations_are_what_the_oracle_derives(self):
        for pattern in self.document["patterns"]:
            with self.subTest(pattern["id"]):
                total, steps = self.model.run(pattern)
                self.assertEqual(list(cruddur.expectation_differences(pattern, total, steps)), [])

    def test_figures(self):
        figures = {pattern["id"]: pattern for pattern in cruddur.report(self.model)["patterns"]}
        names = ("count", "scanned", "read_units", "write_units")
        self.assertEqual(
            {name: tuple(pattern[figure] for figure in names) for name, pattern in figures.items()},
            {
                "A": (20, 20, 1.0, 0.0),
                "A2": (30, 30, 1.5, 0.0),
                "B": (4, 4, 0.5, 0.0),
                "C1": (0, 0, 0.0, 1.0),
                "C2": (0, 0, 0.0, 5.0),
                "D": (2, 2, 0.5, 8.0),
            },
        )

    def test_a_gives_the_end_of_the_dialogue_backwards(self):
        pattern = next(pattern for pattern in self.document["patterns"] if pattern["id"] == "A")
        total, _ = self.model.run(pattern)
        self.assertEqual(sort_keys(total), [message["sk"] for message in self.dialogue[:-21:-1]])


class Comparing(Sample):
    def setUp(self):
        self.run_output = {"hashrange_run": 1, "model": "Cruddur messages", "patterns": [
            {"name": "", "status": "passed", **pattern} for pattern in cruddur.report(self.model)["patterns"]]}
        self.by_id = {pattern["id"]: pattern for pattern in self.run_output["patterns"]}

    def lines(self):
        return list(cruddur.run_differences(self.model, self.run_output))

    def test_equal(self):
        self.assertEqual(self.lines(), [])

    def test_each_difference_is_a_line(self):
        self.by_id["A"]["count"] = 19
        self.by_id["B"]["read_units"] = 1.0
        self.by_id["C1"]["status"] = "error"
        self.by_id["D"]["steps"][1]["write_units"] = 2.0
        self.assertEqual(self.lines(), [
            "pattern A: count is 19, must be 20",
            "pattern B: read_units is 1.0, must be 0.5",
            "pattern C1: status is error, must be passed",
            "pattern D step remove: write_units is 2.0, must be 4.0",
        ])

    def test_missing_and_foreign_patterns(self):
        self.run_output["patterns"].remove(self.by_id["A2"])
        self.by_id["B"]["id"] = "Z"
        self.assertEqual(self.lines(), [
            "pattern Z: is not in the model", "pattern A2: is not in the run", "pattern B: is not in the run"])

    def test_order_of_keys_counts(self):
        self.by_id["A"]["keys"].reverse()
        self.assertEqual(len(self.lines()), 1)

    def test_order_of_tied_index_entries_does_not(self):
        self.by_id["D"]["keys"].reverse()
        self.assertEqual(self.lines(), [])
        self.by_id["D"]["keys"][0] = self.by_id["D"]["keys"][1]
        self.assertEqual(len(self.lines()), 1)

    def test_wrong_expectation_of_the_file(self):
        document = copy.deepcopy(self.document)
        document["patterns"][0]["expect"]["read_units"] = 2.0
        self.model = cruddur.Model(document)
        self.assertEqual(self.lines(), [
            "pattern A: status is passed, must be failed",
            "pattern A: read_units is 2.0, must be 1.0 (expect)",
        ])

    def test_command_line(self):
        def call(*arguments):
            with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
                return cruddur.main([str(argument) for argument in arguments]), out.getvalue()

        status, printed = call(SAMPLE)
        self.assertEqual((status, json.loads(printed)), (0, cruddur.report(self.model)))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "run.json"
            path.write_text(json.dumps(self.run_output), encoding="utf-8")
            self.assertEqual(call(SAMPLE, "--compare", path), (0, ""))
            self.by_id["A"]["scanned"] = 104
            path.write_text(json.dumps(self.run_output), encoding="utf-8")
            self.assertEqual(call(SAMPLE, "--compare", path), (1, "pattern A: scanned is 104, must be 20\n"))
            path.write_text("no JSON", encoding="utf-8")
            self.assertEqual(call(SAMPLE, "--compare", path)[0], 2)


if __name__ == "__main__":
    unittest.main()
