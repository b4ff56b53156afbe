#!/usr/bin/python3
"""Derive from a model file alone what its access patterns must give.

An oracle for `hashrange run`: it reads the items and the requests of a *.hashrange.json file, does with
them what the service would do, and counts what the service would charge. It shares no code with the
project and takes nothing from the file's own "expect"; that is only compared with what was derived.

It knows the operations and the key conditions that the Cruddur sample uses and refuses everything else:
an oracle that guesses is worse than none.

    cruddur.py MODEL                      print what each pattern must give
    cruddur.py MODEL --compare RUN.json   compare with the output of `hashrange run MODEL --json`

Exit status: 0 as it should be, 1 there are differences, 2 the oracle cannot tell.
"""

import argparse
import base64
import dataclasses
import decimal
import itertools
import json
import re
import sys

READ_BLOCK_BYTES = 4096
WRITE_BLOCK_BYTES = 1024
PAGE_BYTES = 1024 * 1024
BATCH_PUTS = 25


class Unknown(Exception):
    """Something in the model that the oracle does not know or that the service would refuse."""


# Sizes, in bytes


def number_size(text):
    """One byte, one for a minus, and one for every two digits on either side of the point. Zeros at both
    ends are not stored; zeros before the point are, when a fraction follows."""
    number = decimal.Decimal(text)
    if number == 0:
        return 1
    sign, digits, exponent = number.as_tuple()
    digits = "".join(map(str, digits)).lstrip("0")
    kept = digits.rstrip("0")
    exponent += len(digits) - len(kept)
    if exponent >= 0:
        whole, fraction = len(kept), 0
    else:
        whole = max(len(kept) + exponent, 0)
        fraction = len(kept) - whole
    return 1 + -(-whole // 2) + -(-fraction // 2) + sign


def name_size(name):
    return len(name.encode())


def value_size(value):
    (kind, content), = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return number_size(content)
    if kind == "B":
        return len(base64.b64decode(content, validate=True))
    if kind in ("BOOL", "NULL"):
        return 1
    if kind in ("SS", "NS", "BS"):
        return sum(value_size({kind[0]: member}) for member in content)
    if kind == "L":
        return 3 + sum(1 + value_size(element) for element in content)
    if kind == "M":
        return 3 + sum(1 + name_size(name) + value_size(element) for name, element in content.items())
    raise Unknown(f"no attribute type {kind}")


def item_size(item):
    return sum(name_size(name) + value_size(value) for name, value in item.items())


def blocks(size, block):
    return max(-(-size // block), 1)


# Values


def same_value(value):
    """What makes two values equal: numbers by value, sets and maps without an order."""
    (kind, content), = value.items()
    if kind == "N":
        return kind, decimal.Decimal(content)
    if kind in ("SS", "BS"):
        return kind, frozenset(content)
    if kind == "NS":
        return kind, frozenset(map(decimal.Decimal, content))
    if kind == "L":
        return kind, tuple(map(same_value, content))
    if kind == "M":
        return kind, same_item(content)
    return kind, content


def same_item(item):
    return frozenset((name, same_value(value)) for name, value in item.items())


def key_order(value):
    """Sorts as the service sorts keys: strings by their UTF-8 bytes, numbers by value, binaries by byte."""
    (kind, content), = value.items()
    if kind == "S":
        return content.encode()
    if kind == "N":
        return decimal.Decimal(content)
    if kind == "B":
        return base64.b64decode(content, validate=True)
    raise Unknown(f"a key cannot be of type {kind}")


# Key conditions

TOKEN = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*|#\w+|:\w+|<=|>=|[=<>(),])")

COMPARISONS = {
    "=": lambda value, operand: value == operand,
    "<": lambda value, operand: value < operand,
    "<=": lambda value, operand: value <= operand,
    ">": lambda value, operand: value > operand,
    ">=": lambda value, operand: value >= operand,
    "BETWEEN": lambda value, low, high: low <= value <= high,
    "begins_with": lambda value, prefix: value.startswith(prefix),
}


def tokens_of(text):
    position, tokens = 0, []
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise Unknown(f"key condition: cannot read {text[position:]!r}")
        tokens.append(match.group(1))
        position = match.end()
    return tokens


class KeyCondition:
    """The clauses of a KeyConditionExpression: (attribute name, operator, operands)."""

    def __init__(self, request):
        self.names = request.get("ExpressionAttributeNames", {})
        self.values = request.get("ExpressionAttributeValues", {})
        self.tokens = tokens_of(request["KeyConditionExpression"])
        self.clauses = [self.clause()]
        while self.tokens:
            self.expect("AND")
            self.clauses.append(self.clause())

    def next(self):
        if not self.tokens:
            raise Unknown("key condition: it ends too early")
        return self.tokens.pop(0)

    def expect(self, wanted):
        token = self.next()
        if token.upper() != wanted:
            raise Unknown(f"key condition: {token!r} where {wanted!r} should be")

    def name(self, token):
        if token.startswith("#"):
            return self.names[token]
        if not token[0].isalpha():
            raise Unknown(f"key condition: {token!r} where a name should be")
        return token

    def value(self):
        token = self.next()
        if token not in self.values:
            raise Unknown(f"key condition: no value {token!r}")
        return self.values[token]

    def clause(self):
        token = self.next()
        if token == "(":
            clause = self.clause()
            self.expect(")")
            return clause
        if token == "begins_with":
            self.expect("(")
            name = self.name(self.next())
            self.expect(",")
            clause = (name, token, [self.value()])
            self.expect(")")
            return clause
        name, operator = self.name(token), self.next()
        if operator.upper() == "BETWEEN":
            low = self.value()
            self.expect("AND")
            return name, "BETWEEN", [low, self.value()]
        if operator not in COMPARISONS:
            raise Unknown(f"key condition: no operator {operator!r}")
        return name, operator, [self.value()]

    def check(self, partition_key, sort_key):
        equal = [name for name, operator, _ in self.clauses if operator == "="]
        named = [name for name, _, _ in self.clauses]
        for element in partition_key:
            if element["name"] not in equal:
                raise Unknown(f"key condition: {element['name']} must be equal to something")
        known = {element["name"]: element["type"] for element in partition_key + sort_key}
        if len(set(named)) < len(named) or not set(named) <= set(known):
            raise Unknown(f"key condition: a key of {sorted(known)} cannot be asked for {named}")
        for name, operator, operands in self.clauses:
            if any(set(operand) != {known[name]} for operand in operands):
                raise Unknown(f"key condition: {name} is of type {known[name]}")
            if operator == "begins_with" and known[name] == "N":
                raise Unknown(f"key condition: the number {name} begins with nothing")
            if operator == "BETWEEN" and key_order(operands[0]) > key_order(operands[1]):
                raise Unknown(f"key condition: {name} cannot be between a bound and a lower one")

    def holds(self, entry):
        return all(
            COMPARISONS[operator](key_order(entry[name]), *map(key_order, operands))
            for name, operator, operands in self.clauses
        )


# A table


@dataclasses.dataclass
class Result:
    """What an operation, a step or a pattern gave. `ties` has a mark for each key: neighbours with
    the same mark have the same key in an index, so the service promises no order among them."""

    count: int = 0
    scanned: int = 0
    read_units: float = 0.0
    write_units: float = 0.0
    keys: list = dataclasses.field(default_factory=list)
    ties: list = dataclasses.field(default_factory=list)
    items: list = dataclasses.field(default_factory=list)

    def add(self, other):
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def figures(self):
        return {name: getattr(self, name) for name in ("count", "scanned", "read_units", "write_units", "keys")}


def only(request, *known):
    unknown = set(request) - set(known) - {"TableName", "ReturnConsumedCapacity"}
    if unknown:
        raise Unknown(f"the oracle does not know {', '.join(sorted(unknown))}")


class Table:
    def __init__(self, definition):
        self.partition_key = definition["partition_key"]
        self.sort_key = definition.get("sort_key", [])
        self.key_names = [element["name"] for element in self.partition_key + self.sort_key]
        self.indexes = {index["name"]: index for index in definition.get("indexes", [])}
        self.items = {}
        for item in definition.get("items", []):
            key = self.identity(item)
            if key in self.items:
                raise Unknown(f"two items have the key {self.key_of(item)}")
            self.items[key] = item

    def copy(self):
        other = object.__new__(Table)
        other.__dict__.update(self.__dict__, items=dict(self.items))
        return other

    def key_of(self, item):
        return {name: item[name] for name in self.key_names}

    def identity(self, item):
        return self.ordinal(self.partition_key + self.sort_key, item)

    @staticmethod
    def ordinal(elements, item):
        for element in elements:
            if set(item[element["name"]]) != {element["type"]}:
                raise Unknown(f"the key attribute {element['name']} must be of type {element['type']}")
        return tuple(key_order(item[element["name"]]) for element in elements)

    # An index holds a copy of each item that has all of the index's key attributes.

    def entry(self, index, item):
        elements = index["partition_key"] + index.get("sort_key", [])
        names = [element["name"] for element in elements]
        if item is None or not all(name in item for name in names):
            return None
        self.ordinal(elements, item)
        projection = index["projection"]
        if projection == "ALL":
            return item
        kept = set(names + self.key_names + ([] if projection == "KEYS_ONLY" else projection))
        return {name: value for name, value in item.items() if name in kept}

    def index_write_units(self, index, before, after):
        elements = index["partition_key"] + index.get("sort_key", [])
        entries = [entry for entry in (self.entry(index, before), self.entry(index, after)) if entry is not None]
        if len(entries) == 2 and self.ordinal(elements, entries[0]) == self.ordinal(elements, entries[1]):
            if same_item(entries[0]) == same_item(entries[1]):
                return 0
            return blocks(max(map(item_size, entries)), WRITE_BLOCK_BYTES)
        return sum(blocks(item_size(entry), WRITE_BLOCK_BYTES) for entry in entries)

    def write(self, key, after):
        before = self.items.pop(key, None)
        if after is not None:
            self.items[key] = after
        size = max((item_size(item) for item in (before, after) if item is not None), default=0)
        units = blocks(size, WRITE_BLOCK_BYTES)
        units += sum(self.index_write_units(index, before, after) for index in self.indexes.values())
        return Result(write_units=float(units))

    # The operations

    def put_item(self, request):
        only(request, "Item")
        return self.write(self.identity(request["Item"]), request["Item"])

    def delete_item(self, request):
        only(request, "Key")
        if set(request["Key"]) != set(self.key_names):
            raise Unknown(f"DeleteItem: the key is {self.key_names}")
        return self.write(self.identity(request["Key"]), None)

    def query(self, request, pages):
        only(request, "IndexName", "KeyConditionExpression", "ExpressionAttributeNames",
             "ExpressionAttributeValues", "ScanIndexForward", "Limit", "ConsistentRead")
        partition_key, sort_key, entries = self.partition_key, self.sort_key, list(self.items.values())
        consistent = request.get("ConsistentRead", False)
        if "IndexName" in request:
            index = self.indexes[request["IndexName"]]
            if consistent and index["kind"] == "global":
                raise Unknown("a global index cannot be read consistently")
            partition_key, sort_key = index["partition_key"], index.get("sort_key", [])
            entries = [entry for entry in (self.entry(index, item) for item in entries) if entry is not None]
        condition = KeyCondition(request)
        condition.check(partition_key, sort_key)
        found = sorted(
            (entry for entry in entries if condition.holds(entry)),
            key=lambda entry: (self.ordinal(sort_key, entry), self.identity(entry)),
            reverse=not request.get("ScanIndexForward", True),
        )
        result = Result()
        for page in itertools.islice(self.pages(found, request.get("Limit")), pages):
            size = sum(map(item_size, page))
            if size > PAGE_BYTES:
                raise Unknown("the oracle does not know where a page of 1 MB ends")
            result.add(Result(
                count=len(page),
                scanned=len(page),
                read_units=blocks(size, READ_BLOCK_BYTES) * (1.0 if consistent else 0.5),
                keys=[self.key_of(entry) for entry in page],
                ties=[self.ordinal(partition_key + sort_key, entry) for entry in page],
                items=page,
            ))
        return result

    @staticmethod
    def pages(entries, limit):
        """A page that stops at the limit says that there is more, even if the next one will be empty."""
        if limit is None:
            yield entries
            return
        for start in range(0, len(entries) + 1, limit):
            yield entries[start:start + limit]


# References in requests


class Scope:
    """What the strings of a request may refer to: parameters, responses of earlier steps, the current row."""

    PIECE = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[^{}]+|.", re.DOTALL)

    def __init__(self, parameters):
        self.parameters = {parameter["name"]: parameter for parameter in parameters}
        self.responses = {}

    def fill(self, value, place=None):
        """A copy of `value` with its references replaced; `place` is the name of the member it stands in."""
        if isinstance(value, dict):
            return {name: self.fill(member, name) for name, member in value.items()}
        if isinstance(value, list):
            return [self.fill(element, place) for element in value]
        if not isinstance(value, str):
            return value
        pieces = self.PIECE.findall(value)
        if len(pieces) == 1 and self.is_reference(pieces[0]):
            found, parameter = self.look_up(pieces[0][1:-1])
            if parameter is not None and parameter["type"] == "N" and place not in ("N", "NS"):
                return json.loads(found)
            return found
        return "".join(map(self.text, pieces))

    @staticmethod
    def is_reference(piece):
        return len(piece) > 2 and piece[0] == "{" and piece[-1] == "}"

    def text(self, piece):
        if piece in ("{{", "}}"):
            return piece[0]
        if self.is_reference(piece):
            value, _ = self.look_up(piece[1:-1])
            if isinstance(value, dict) and len(value) == 1 and set(value) <= {"S", "N"}:
                (value,) = value.values()
            if isinstance(value, str):
                return value
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return json.dumps(value)
            raise Unknown(f"{piece} is neither text nor a number")
        if "{" in piece or "}" in piece:
            raise Unknown(f"a single {piece!r} in a request")
        return piece

    def look_up(self, path):
        """The value at `path`, and the parameter if it names one."""
        if path in self.parameters:
            return self.parameters[path]["example"], self.parameters[path]
        steps = re.findall(r"[^.\[\]]+", path)
        value = self.responses
        for step in steps:
            try:
                value = value[int(step) if isinstance(value, list) else step]
            except (KeyError, IndexError, ValueError, TypeError):
                raise Unknown(f"nothing is at {{{path}}}") from None
        return value, None


# Patterns


class Model:
    def __init__(self, document):
        self.patterns = document.get("patterns", [])
        self.tables = {table["name"]: Table(table) for table in document["tables"]}

    def run(self, pattern):
        """The result of `pattern`, with its parameters' examples, and the results of its steps. Every pattern
        starts from the items of the file."""
        tables = {name: table.copy() for name, table in self.tables.items()}
        scope = Scope(pattern.get("parameters", []))
        total, steps = Result(), []
        for step in pattern["steps"]:
            result = Result()
            if "for_each" in step:
                rows, _ = scope.look_up(step["for_each"])
                for row in rows:
                    scope.responses["item"] = row
                    result.add(self.operate(tables, step, scope.fill(step["request"])))
                scope.responses.pop("item", None)
            else:
                result = self.operate(tables, step, scope.fill(step["request"]))
                scope.responses[step["name"]] = {
                    "Items": result.items, "Count": result.count, "ScannedCount": result.scanned}
            steps.append(result)
            total.add(result)
        return total, steps

    def operate(self, tables, step, request):
        operation, pages = step["operation"], step.get("pages", 1)
        if operation == "Query":
            return tables[request["TableName"]].query(request, None if pages == "all" else pages)
        if pages != 1:
            raise Unknown(f"{operation} has no pages")
        if operation == "PutItem":
            return tables[request["TableName"]].put_item(request)
        if operation == "DeleteItem":
            return tables[request["TableName"]].delete_item(request)
        if operation == "BatchWriteItem":
            return self.batch_write(tables, request)
        raise Unknown(f"the oracle does not know {operation}")

    @staticmethod
    def batch_write(tables, request):
        only(request, "RequestItems")
        writes = [(tables[name], write) for name, some in request["RequestItems"].items() for write in some]
        if len(writes) > BATCH_PUTS:
            raise Unknown(f"BatchWriteItem takes {BATCH_PUTS} writes, not {len(writes)}")
        result, seen = Result(), set()
        for table, write in writes:
            (kind, content), = write.items()
            if kind == "PutRequest":
                result.add(table.put_item(content))
            elif kind == "DeleteRequest":
                result.add(table.delete_item(content))
            else:
                raise Unknown(f"BatchWriteItem has no {kind}")
            target = (id(table), table.identity(content.get("Item") or content["Key"]))
            if target in seen:
                raise Unknown("BatchWriteItem: one item is written twice")
            seen.add(target)
        return result


# Comparing


def same_keys(keys, result):
    """Whether `keys` are those of `result`, in an order that the service may give."""
    start = 0
    if len(keys) != len(result.keys):
        return False
    for _, group in itertools.groupby(result.ties):
        end = start + len(list(group))
        wanted = {same_item(key) for key in result.keys[start:end]}
        if {same_item(key) for key in keys[start:end]} != wanted:
            return False
        start = end
    return True


def differences(where, claimed, result):
    """A line for each figure in `claimed` that is not as derived."""
    for name, derived in result.figures().items():
        if name not in claimed:
            continue
        if name != "keys":
            if claimed[name] != derived:
                yield f"{where}: {name} is {claimed[name]}, must be {derived}"
        elif not same_keys(claimed["keys"], result):
            yield f"{where}: keys are {json.dumps(claimed['keys'])}, must be {json.dumps(derived)}"


def expectation_differences(pattern, total, steps):
    """Where the file's own expectations are not what was derived."""
    where = f"pattern {pattern['id']}"
    for place, expect, result in [
        (where, pattern.get("expect", {}), total),
        *((f"{where} step {step['name']}", step.get("expect", {}), result)
          for step, result in zip(pattern["steps"], steps)),
    ]:
        if "error" in expect:
            raise Unknown(f"{place}: the oracle does not know errors")
        yield from (f"{line} (expect)" for line in differences(place, expect, result))


def run_differences(model, run):
    """Where the output of `hashrange run --json` is not what was derived."""
    if run.get("hashrange_run") != 1:
        yield f"hashrange_run is {run.get('hashrange_run')}, must be 1"
    reported = {pattern["id"]: pattern for pattern in run.get("patterns", [])}
    known = [pattern["id"] for pattern in model.patterns]
    for name in sorted(set(reported) - set(known)):
        yield f"pattern {name}: is not in the model"
    for pattern in model.patterns:
        where = f"pattern {pattern['id']}"
        if pattern["id"] not in reported:
            yield f"{where}: is not in the run"
            continue
        found = reported[pattern["id"]]
        total, steps = model.run(pattern)
        for name in total.figures():
            if name not in found and not (name == "keys" and not total.keys):
                yield f"{where}: {name} is missing"
        yield from differences(where, found, total)
        broken = list(expectation_differences(pattern, total, steps))
        status = "failed" if broken else "passed"
        if found.get("status") != status:
            yield f"{where}: status is {found.get('status')}, must be {status}"
        yield from broken
        by_name = {step["name"]: result for step, result in zip(pattern["steps"], steps)}
        for step in found.get("steps", []):
            if step.get("name") in by_name:
                yield from differences(f"{where} step {step['name']}", step, by_name[step["name"]])
            else:
                yield f"{where} step {step.get('name')}: is not in the model"


def report(model):
    patterns = []
    for pattern in model.patterns:
        total, steps = model.run(pattern)
        patterns.append({
            "id": pattern["id"],
            **total.figures(),
            "steps": [{"name": step["name"], **result.figures()} for step, result in zip(pattern["steps"], steps)],
        })
    return {"patterns": patterns}


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Derive from a model file alone what its access patterns must give.")
    parser.add_argument("model", metavar="MODEL", help="a *.hashrange.json file")
    parser.add_argument("--compare", metavar="RUN.json", help="output of `hashrange run MODEL --json`, - for stdin")
    options = parser.parse_args(arguments)
    try:
        with open(options.model, encoding="utf-8") as file:
            model = Model(json.load(file))
        if options.compare is None:
            print(json.dumps(report(model), ensure_ascii=False, indent=2))
            return 0
        with open(0 if options.compare == "-" else options.compare, encoding="utf-8") as file:
            lines = list(run_differences(model, json.load(file)))
    except (Unknown, OSError, ValueError, KeyError) as error:
        print(f"cruddur.py: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
