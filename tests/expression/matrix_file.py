"""One case file in the making, and the sample values that its cases are made of. Used by matrix.py."""

import json
import pathlib

from matrix_model import (B, BOOL, BS, INCORRECT_TYPE, INVALID_PATH, L, M, N, NO_ATTRIBUTE, NS, NULL, ORDERED,
                          OVERFLOW, S, SS, TYPES, Literal, Path, Refusal, Update)

CASES = pathlib.Path(__file__).parent / "cases"
PARAMETERS = {"condition": "ConditionExpression", "filter": "FilterExpression", "update": "UpdateExpression"}

# Two values of each type, the lesser first; contents of all types look alike on purpose.
SAMPLES = {
    "S": (S("1"), S("2")), "N": (N(1), N(2)), "B": (B(b"1"), B(b"2")), "BOOL": (BOOL(True), BOOL(False)),
    "NULL": (NULL, NULL), "M": (M(k=N(1)), M(k=N(2))), "L": (L(N(1)), L(N(2))), "SS": (SS("1"), SS("1", "2")),
    "NS": (NS(1), NS(1, 2)), "BS": (BS(b"1"), BS(b"1", b"2"))
}
UNORDERED = tuple(kind for kind in TYPES if kind not in ORDERED)
a, b, c, z = (Path(name) for name in "abcz")


def sample(kind):
    return SAMPLES[kind][0]


def literal(value, text=":v"):
    return Literal(text, value)


class File:
    """One case file. The text is assembled in memory."""

    def __init__(self, name, about):
        self.path = CASES / f"matrix-{name}.case"
        self.prefix = f"matrix/{name}"
        self.names = set()
        self.lines = [
            "# Written by tests/expression/matrix.py: change that and run it with --write.", "#",
            *(f"# {line}".rstrip() for line in about.strip().splitlines()), "#",
            "# A block is one case: the expression, the item and :values it meets, and what must come out:",
            "# true or false, the item after the update, or the error. No item line: there is no item."
        ]

    def section(self, about):
        self.lines += ["", *(f"# {line}" for line in about.splitlines())]

    def case(self, name, kind, expression, item, want):
        """Adds a case. `want` is what the rules must say, when the caller knows it as well."""
        name = f"{self.prefix}/{name}"
        assert name not in self.names, name
        self.names.add(name)
        try:
            expression.check()
            outcome = expression.apply(item) if kind == "update" else expression.holds(item)
            error = None
        except Refusal as refusal:
            outcome, error = None, str(refusal)
        assert want is None or want in (outcome, error), f"{name}: rules say {outcome} {error}"
        if error and error not in (INCORRECT_TYPE, INVALID_PATH, NO_ATTRIBUTE, OVERFLOW):
            error = f"Invalid {PARAMETERS[kind]}: {error}"

        names = {}
        collect_names(expression, names)
        members = {
            "name": name, kind: expression.text, "item": item, "names": names or None,
            "values": expression.values() or None, "expect": outcome, "error": error
        }
        self.lines.append("")
        for member, value in members.items():
            if value is not None:
                self.lines.append(f"{member}: {value if isinstance(value, str) else as_json(value)}")

    def condition(self, name, condition, item, want=None):
        self.case(name, "condition", condition, item, want)

    def filter(self, name, condition, item, want=None):
        self.case(name, "filter", condition, item, want)

    def update(self, name, actions, item, want=None):
        actions = actions if isinstance(actions, (list, tuple)) else [actions]
        self.case(name, "update", Update(*actions), item, want)

    def text(self):
        return "\n".join(self.lines) + "\n"


def as_json(value):
    """One line; characters that an editor would not show are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(value)


def collect_names(node, names):
    """The #names of all paths in a tree, whatever its classes call their parts."""
    names.update(getattr(node, "names", {}))
    for part in (
            *getattr(node, "parts", ()), *getattr(node, "actions", ()),
            *filter(None, (getattr(node, "path", None), getattr(node, "operand", None)))):
        collect_names(part, names)
