"""The service's rules for conditions and updates, as a model that says what the engine must answer.

Written from the rules and without regard to the engine, so that the two can disagree. An expression
is a tree of the classes below: `text` is the expression, values() its placeholders, check() refuses
what the service refuses whatever the item is, holds() and apply() are the answer for one item.
Values and items are typed JSON. Used by matrix.py.
"""

import base64
import copy
import decimal
import re

TYPES = ("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS")
ORDERED = ("S", "N", "B")
SETS = {"SS": "S", "NS": "N", "BS": "B"}
LONG_NAMES = {
    "S": "STRING", "N": "NUMBER", "B": "BINARY", "BOOL": "BOOLEAN", "NULL": "NULL", "M": "MAP", "L": "LIST"
}
COMPARATORS = {"=": "eq", "<>": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

INCORRECT_TYPE = "An operand in the update expression has an incorrect data type"
INVALID_PATH = "The document path provided in the update expression is invalid for update"
NO_ATTRIBUTE = "The provided expression refers to an attribute that does not exist in the item"
OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range"

decimal.getcontext().prec = 400


class Refusal(Exception):
    """The service answers with a ValidationException."""


# ---- Values: typed JSON, one member an object ----


def S(text):
    return {"S": text}


def N(text):
    return {"N": str(text)}


def B(content):
    return {"B": base64.b64encode(content).decode()}


def BOOL(truth):
    return {"BOOL": truth}


NULL = {"NULL": True}


def M(**members):
    return {"M": members}


def L(*elements):
    return {"L": list(elements)}


def SS(*members):
    return {"SS": list(members)}


def NS(*members):
    return {"NS": [str(member) for member in members]}


def BS(*members):
    return {"BS": [B(member)["B"] for member in members]}


def type_of(value):
    return next(iter(value))


def content_of(value):
    return next(iter(value.values()))


def normal(value):
    """A form in which equal values are equal: numbers by value, sets and maps without order."""
    kind, content = type_of(value), content_of(value)
    if kind == "N":
        return kind, decimal.Decimal(content)
    if kind == "NS":
        return kind, frozenset(decimal.Decimal(member) for member in content)
    if kind in ("SS", "BS"):
        return kind, frozenset(content)
    if kind == "L":
        return kind, tuple(normal(element) for element in content)
    if kind == "M":
        return kind, frozenset((name, normal(member)) for name, member in content.items())
    return kind, content


def sort_key(value):
    """What S (UTF-8 bytes), B (unsigned bytes) and N (value) are ordered by."""
    kind, content = type_of(value), content_of(value)
    if kind == "S":
        return content.encode()
    return base64.b64decode(content) if kind == "B" else decimal.Decimal(content)


def members_of(value):
    """The elements of a list or set as values."""
    kind, content = type_of(value), content_of(value)
    return content if kind == "L" else [{SETS[kind]: member} for member in content]


def number_text(number):
    """Plain decimal, as the service prints it; refuses what it cannot keep."""
    number = number.normalize()
    if number == 0:
        return "0"
    if len(number.as_tuple().digits) > 38 or number.adjusted() > 125:
        raise Refusal(OVERFLOW)
    return format(number, "f")


# ---- Operands ----


class Path:
    def __init__(self, text, names=None):
        self.text = text
        self.names = names or {}

    def steps(self):
        for step in re.findall(r"[^.\[\]]+", self.text):
            yield int(step) if step.isdigit() else self.names.get(step, step)

    def look_up(self, item):
        value = {"M": item or {}}
        for step in self.steps():
            kind, content = type_of(value), content_of(value)
            if kind == "M" and isinstance(step, str) and step in content:
                value = content[step]
            elif kind == "L" and isinstance(step, int) and step < len(content):
                value = content[step]
            else:
                return None
        return value

    def static_type(self):
        return None

    def values(self):
        return {}


class Literal:
    def __init__(self, text, value):
        self.text = text
        self.value = value

    def look_up(self, item):
        return self.value

    def static_type(self):
        return type_of(self.value)

    def values(self):
        return {self.text: self.value}


class Size:
    """size(operand): UTF-16 units of S, bytes of B, elements of the others; nothing for N, BOOL, NULL."""

    def __init__(self, operand):
        self.operand = operand
        self.text = f"size({operand.text})"

    def look_up(self, item):
        value = self.operand.look_up(item)
        if value is None or type_of(value) in ("N", "BOOL", "NULL"):
            return None
        kind, content = type_of(value), content_of(value)
        if kind == "S":
            return N(len(content.encode("utf-16-le")) // 2)
        return N(len(base64.b64decode(content) if kind == "B" else content))

    def static_type(self):
        if self.operand.static_type() in ("N", "BOOL", "NULL"):
            refuse_type("size", self.operand)
        return "N"

    def values(self):
        return self.operand.values()


def refuse_type(operator, operand):
    raise Refusal("Incorrect operand type for operator or function; "
                  f"operator or function: {operator}, operand type: {operand.static_type()}")


def merge(nodes):
    values = {}
    for node in nodes:
        values.update(node.values())
    return values


# ---- Conditions: check() refuses what is wrong whatever the item, holds() is the answer ----


class Condition:
    """A condition over operands or other conditions; binding: 3 tightest, parentheses are added as needed."""

    binding = 3

    def __init__(self, *parts):
        self.parts = parts

    def values(self):
        return merge(self.parts)

    def check(self):
        for part in self.parts:
            if isinstance(part, Condition):
                part.check()
            else:
                part.static_type()

    def wrap(self, part):
        return f"({part.text})" if part.binding < self.binding else part.text


class Compare(Condition):
    def __init__(self, left, operator, right):
        super().__init__(left, right)
        self.operator = operator
        self.text = f"{left.text} {operator} {right.text}"

    def check(self):
        for operand in self.parts:
            if operand.static_type() not in (None, *ORDERED) and self.operator not in ("=", "<>"):
                refuse_type(self.operator, operand)

    def holds(self, item):
        left, right = (operand.look_up(item) for operand in self.parts)
        if left is None or right is None:
            return self.operator == "<>"
        if self.operator in ("=", "<>"):
            return (normal(left) == normal(right)) == (self.operator == "=")
        if type_of(left) != type_of(right) or type_of(left) not in ORDERED:
            return False
        a, b = sort_key(left), sort_key(right)
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[self.operator]


class Between(Condition):
    def __init__(self, operand, lower, upper, keywords=("BETWEEN", "AND")):
        super().__init__(operand, lower, upper)
        self.text = f"{operand.text} {keywords[0]} {lower.text} {keywords[1]} {upper.text}"

    def check(self):
        for operand in self.parts:
            if operand.static_type() not in (None, *ORDERED):
                refuse_type("BETWEEN", operand)
        bounds = [operand.value for operand in self.parts[1:] if isinstance(operand, Literal)]
        if len(bounds) == 2 and type_of(bounds[0]) != type_of(bounds[1]):
            lower, upper = (f"AttributeValue: {{{type_of(value)}:{content_of(value)}}}" for value in bounds)
            raise Refusal("The BETWEEN operator requires same data type for lower and upper bounds; "
                          f"lower bound operand: {lower}, upper bound operand: {upper}")

    def holds(self, item):
        operand, lower, upper = self.parts
        return Compare(lower, "<=", operand).holds(item) and Compare(operand, "<=", upper).holds(item)


class In(Condition):
    def __init__(self, operand, *candidates):
        super().__init__(operand, *candidates)
        self.text = f"{operand.text} IN ({', '.join(candidate.text for candidate in candidates)})"

    def holds(self, item):
        return any(Compare(self.parts[0], "=", candidate).holds(item) for candidate in self.parts[1:])


class Function(Condition):
    def __init__(self, name, *operands):
        super().__init__(*operands)
        self.name = name
        self.text = f"{name}({', '.join(operand.text for operand in operands)})"

    def check(self):
        super().check()
        first, *rest = self.parts
        if self.name.endswith("exists") and not isinstance(first, Path):
            raise Refusal(f"Operator or function requires a document path; operator or function: {self.name}")
        if self.name == "attribute_type" and rest[0].static_type() != "S":
            refuse_type(self.name, rest[0])
        for operand in self.parts:
            if self.name == "begins_with" and operand.static_type() not in (None, "S", "B"):
                refuse_type(self.name, operand)

    def holds(self, item):
        first, *rest = (operand.look_up(item) for operand in self.parts)
        if self.name == "attribute_exists":
            return first is not None
        if self.name == "attribute_not_exists":
            return first is None
        if first is None or rest[0] is None:
            return False
        if self.name == "attribute_type":
            return type_of(first) == content_of(rest[0])
        return (begins_with if self.name == "begins_with" else contains)(first, rest[0])


def begins_with(value, prefix):
    return (type_of(value) == type_of(prefix) and type_of(value) in ("S", "B")
            and sort_key(value).startswith(sort_key(prefix)))


def contains(value, wanted):
    if type_of(value) in ("L", *SETS):
        return any(normal(member) == normal(wanted) for member in members_of(value))
    return (type_of(value) == type_of(wanted) and type_of(value) in ("S", "B")
            and sort_key(wanted) in sort_key(value))


class Or(Condition):
    binding = 0

    def __init__(self, left, right, keyword="OR"):
        super().__init__(left, right)
        self.text = f"{self.wrap(left)} {keyword} {self.wrap(right)}"

    def holds(self, item):
        return self.parts[0].holds(item) or self.parts[1].holds(item)


class And(Condition):
    binding = 1

    def __init__(self, left, right, keyword="AND"):
        super().__init__(left, right)
        self.text = f"{self.wrap(left)} {keyword} {self.wrap(right)}"

    def holds(self, item):
        return self.parts[0].holds(item) and self.parts[1].holds(item)


class Not(Condition):
    binding = 2

    def __init__(self, operand, keyword="NOT"):
        super().__init__(operand)
        self.text = f"{keyword} {self.wrap(operand)}"

    def holds(self, item):
        return not self.parts[0].holds(item)


# ---- Updates: right-hand sides look_up() the item before, actions apply() to the item after ----


class Arithmetic:
    def __init__(self, left, operator, right):
        self.parts = (left, right)
        self.operator = operator
        self.text = f"{left.text} {operator} {right.text}"

    def static_type(self):
        for operand in self.parts:
            if operand.static_type() not in (None, "N"):
                refuse_type(self.operator, operand)
        return "N"

    def look_up(self, item):
        left, right = (required(operand, item) for operand in self.parts)
        if type_of(left) != "N" or type_of(right) != "N":
            raise Refusal(INCORRECT_TYPE)
        return add(left, right, -1 if self.operator == "-" else 1)

    def values(self):
        return merge(self.parts)


class IfNotExists:
    def __init__(self, path, default):
        self.parts = (path, default)
        self.text = f"if_not_exists({path.text}, {default.text})"

    def static_type(self):
        if not isinstance(self.parts[0], Path):
            raise Refusal(
                "Operator or function requires a document path; operator or function: if_not_exists")

    def look_up(self, item):
        found = self.parts[0].look_up(item)
        return required(self.parts[1], item) if found is None else found

    def values(self):
        return merge(self.parts)


class ListAppend:
    def __init__(self, left, right):
        self.parts = (left, right)
        self.text = f"list_append({left.text}, {right.text})"

    def static_type(self):
        for operand in self.parts:
            if operand.static_type() not in (None, "L"):
                refuse_type("list_append", operand)
        return "L"

    def look_up(self, item):
        left, right = (required(operand, item) for operand in self.parts)
        if type_of(left) != "L" or type_of(right) != "L":
            raise Refusal(INCORRECT_TYPE)
        return L(*content_of(left), *content_of(right))

    def values(self):
        return merge(self.parts)


def required(operand, item):
    value = operand.look_up(item)
    if value is None:
        raise Refusal(NO_ATTRIBUTE)
    return value


def add(left, right, sign=1):
    return N(number_text(decimal.Decimal(content_of(left)) + sign * decimal.Decimal(content_of(right))))


class Action:
    """One action on one path. place() finds the map or list that holds the target."""

    section = None

    def __init__(self, path, operand=None):
        self.path = path
        self.operand = operand
        self.text = path.text + (f" {operand.text}" if operand else "")

    def values(self):
        return self.operand.values() if self.operand else {}

    def check(self):
        pass

    def prepare(self, item):
        """Evaluates what depends on the item before."""

    def place(self, after):
        *parents, last = self.path.steps()
        value = {"M": after}
        for step in parents:
            content = content_of(value)
            if type_of(value) != ("M" if isinstance(step, str) else "L") or step not in content:
                raise Refusal(INVALID_PATH)
            value = content[step]
        if type_of(value) != ("M" if isinstance(last, str) else "L"):
            raise Refusal(INVALID_PATH)
        return content_of(value), last


class Set(Action):
    section = "SET"

    def __init__(self, path, operand):
        super().__init__(path, operand)
        self.text = f"{path.text} = {operand.text}"

    def check(self):
        self.operand.static_type()

    def prepare(self, item):
        self.result = indexed(required(self.operand, item))

    def apply(self, after):
        holder, last = self.place(after)
        holder[last] = self.result


class Remove(Action):
    section = "REMOVE"

    def apply(self, after):
        holder, last = self.place(after)
        holder.pop(last, None)


class Add(Action):
    section = "ADD"
    allowed = ("N", *SETS)

    def check(self):
        kind = self.operand.static_type()
        if kind not in self.allowed:
            raise Refusal("Incorrect operand type for operator or function; "
                          f"operator: {self.section}, operand type: {LONG_NAMES[kind]}")

    def apply(self, after):
        holder, last = self.place(after)
        old, new = holder.get(last), self.operand.value
        if old is None:
            holder[last] = new
        elif type_of(old) != type_of(new):
            raise Refusal(INCORRECT_TYPE)
        elif type_of(new) == "N":
            holder[last] = add(old, new)
        else:
            holder[last] = {type_of(old): content_of(old) + content_of(difference(new, old))}


class Delete(Add):
    section = "DELETE"
    allowed = tuple(SETS)

    def apply(self, after):
        holder, last = self.place(after)
        old, new = holder.get(last), self.operand.value
        if old is None:
            return
        if type_of(old) != type_of(new):
            raise Refusal(INCORRECT_TYPE)
        holder[last] = difference(old, new)
        if not content_of(holder[last]):
            del holder[last]


def difference(left, right):
    """The members of one set that are not in another of its type."""
    gone = [normal(member) for member in members_of(right)]
    return {type_of(left): [content_of(member) for member in members_of(left) if normal(member) not in gone]}


def indexed(value):
    """A copy with lists as {index: element}: gaps and far indexes then need no rules until compacted()."""
    kind, content = type_of(value), content_of(value)
    if kind == "L":
        return {"L": {index: indexed(element) for index, element in enumerate(content)}}
    if kind == "M":
        return {"M": {name: indexed(member) for name, member in content.items()}}
    return copy.deepcopy(value)


def compacted(value):
    """Back again: elements in index order, without gaps."""
    kind, content = type_of(value), content_of(value)
    if kind == "L":
        return {"L": [compacted(content[index]) for index in sorted(content)]}
    if kind == "M":
        return {"M": {name: compacted(member) for name, member in content.items()}}
    return value


class Update:
    def __init__(self, *actions):
        self.actions = actions
        sections = {}
        for action in actions:
            sections.setdefault(action.section, []).append(action.text)
        self.text = " ".join(f"{section} {', '.join(texts)}" for section, texts in sections.items())

    def values(self):
        return merge(self.actions)

    def check(self):
        for action in self.actions:
            action.check()

    def apply(self, item):
        for action in self.actions:
            action.prepare(item)
        after = content_of(indexed({"M": item}))
        for action in self.actions:
            action.apply(after)
        return content_of(compacted({"M": after}))
