#!/usr/bin/env python3
"""The published schema of the project file: it is a schema, it takes our files, and it refuses mistakes."""

import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    raise SystemExit(0)

# Where a mistake is made in the small model, and what stands there then.
MISTAKES = [
    (["hashrange"], 2),
    (["name"], 5),
    (["tables", 0, "name"], "a b"),
    (["tables", 0, "partition_key"], []),
    (["tables", 0, "partition_key", 0, "type"], "M"),
    (["tables", 0, "settings", "billing"], "FREE"),
    (["tables", 0, "settings", "read_units"], None),
    (["tables", 0, "settings", "stream"], "ALL"),
    (["tables", 0, "settings", "encryption", "type"], "ROT13"),
    (["tables", 0, "settings", "tags", "team"], 5),
    (["tables", 0, "indexes", 0, "kind"], "both"),
    (["tables", 0, "indexes", 0, "projection"], "SOME"),
    (["tables", 0, "indexes", 1, "sort_key"], []),
    (["tables", 0, "entities", 0, "keys", "pk"], "X#{"),
    (["tables", 0, "entities", 0, "keys", "pk"], "X#{}"),
    (["tables", 0, "entities", 0, "attributes", 0, "type"], "string"),
    (["patterns", 0, "id"], ""),
    (["patterns", 0, "parameters", 0, "name"], "item"),
    (["patterns", 0, "steps", 0, "operation"], "query"),
    (["patterns", 0, "steps", 0, "pages"], 0),
    (["patterns", 0, "steps", 0, "request"], "text"),
    (["patterns", 0, "expect", "count"], -1),
    (["patterns", 0, "expect", "keys", 0, "pk"], "CUSTOMER#1"),
    (["patterns", 0, "expect", "keys", 0, "pk"], {"N": "many"}),
    (["patterns", 0, "rate", "peak"], "much"),
]


def with_mistake(model, path, value):
    changed = copy.deepcopy(model)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def main(schema_name, small_name, *names):
    schema = json.loads(pathlib.Path(schema_name).read_text(encoding="utf-8"))
    validator_class = jsonschema.validators.validator_for(schema)
    validator = validator_class(schema)
    results = []

    try:
        validator_class.check_schema(schema)
        results.append(("is a schema", None))
    except jsonschema.SchemaError as error:
        results.append(("is a schema", error.message))
    for name in [small_name, *names]:
        model = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(model)]
        results.append((f"takes {pathlib.Path(name).name}", errors[0] if errors else None))
    small = json.loads(pathlib.Path(small_name).read_text(encoding="utf-8"))
    for path, value in MISTAKES:
        is_valid = validator.is_valid(with_mistake(small, path, value))
        where = ".".join(str(step) for step in path)
        results.append((f"refuses {where} = {json.dumps(value)}", "it does not" if is_valid else None))

    print(f"1..{len(results)}")
    for number, (name, problem) in enumerate(results, 1):
        print(f"{'not ok' if problem else 'ok'} {number} - {name}")
        if problem:
            print(f"# {problem}")


main(*sys.argv[1:])
