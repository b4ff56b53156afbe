"""The cases of conditions: what matrix.py tries of comparisons, functions and logic."""

import itertools

from matrix_file import SAMPLES, UNORDERED, File, a, b, c, literal, sample, z
from matrix_model import (B, BOOL, BS, COMPARATORS, L, M, N, NS, NULL, ORDERED, S, SETS, SS, TYPES, And,
                          Between, Compare, Function, In, Not, Or, Path, Size)

# ---- matrix-comparison.case ----


def comparison():
    file = File(
        "comparison", """
Comparisons: = <> < <= > >=, BETWEEN and IN, for operands of every pair of types.
Two types are never equal and have no order. S is ordered by UTF-8 bytes, B by unsigned bytes, N by
value; the other types have no order. Sets and maps are equal whatever the order of their members.
A missing operand makes every comparison false but <>. A :value of a type without order is refused
before any item is looked at.""")
    unlike_types(file)
    like_types(file)
    literals(file)
    missing_operands(file)
    numbers(file)
    texts(file)
    collections(file)
    between(file)
    membership(file)
    return file


def unlike_types(file):
    file.section("Two attributes of different types; their contents look alike.")
    for one, other in itertools.permutations(TYPES, 2):
        operators = COMPARATORS if one in ORDERED and other in ORDERED else ("=", "<>", "<")
        for operator in operators:
            file.condition(f"attributes/{one}-{other}/{COMPARATORS[operator]}", Compare(a, operator, b),
                           {"a": sample(one), "b": sample(other)}, operator == "<>")


def like_types(file):
    file.section("Two attributes of one type: equal, then lesser and greater, then greater and lesser.")
    for kind in TYPES:
        low, high = SAMPLES[kind]
        pairs = {"same": (low, low), "up": (low, high), "down": (high, low)}
        for label, (left, right) in pairs.items():
            if label != "same" and kind == "NULL":
                continue
            # Whether <= holds for equal values without order is not known.
            for operator in COMPARATORS if kind in ORDERED else ("=", "<>", "<", ">"):
                file.condition(f"attributes/{kind}-{kind}/{label}/{COMPARATORS[operator]}",
                               Compare(a, operator, b), {"a": left, "b": right})


def literals(file):
    file.section("An attribute and a :value, of every pair of types.")
    for one, other in itertools.product(TYPES, TYPES):
        item = {"a": sample(one)}
        for operator in ("=", "<>"):
            file.condition(f"value/{one}-{other}/{COMPARATORS[operator]}",
                           Compare(a, operator, literal(sample(other))), item,
                           (one == other) == (operator == "="))
        if other in ORDERED:
            file.condition(f"value/{one}-{other}/lt", Compare(a, "<", literal(SAMPLES[other][1])), item,
                           one == other)
            file.condition(f"value/{one}-{other}/lt-left", Compare(literal(SAMPLES[other][1]), "<", a), item,
                           False)

    file.section("A :value without order is refused on both sides, whether the rest matters or not.")
    for kind in UNORDERED:
        value = literal(sample(kind))
        for operator in ("<", "<=", ">", ">="):
            word = COMPARATORS[operator]
            file.condition(f"refused/{kind}/{word}-right", Compare(a, operator, value), {"a": N(1)})
            file.condition(f"refused/{kind}/{word}-left", Compare(value, operator, a), {"a": N(1)})
        file.filter(f"refused/{kind}/filter", Compare(a, ">", value), {"a": sample(kind)})
        file.condition(f"refused/{kind}/no-attribute", Compare(z, "<", value), {"a": N(1)})
        file.condition(f"refused/{kind}/no-item", Compare(z, "<", value), None)
        file.condition(f"refused/{kind}/not", Not(Compare(a, "<", value)), {"a": N(1)})
        file.condition(f"refused/{kind}/decided-or",
                       Or(Function("attribute_exists", a), Compare(b, "<", value)), {"a": N(1)})
        file.condition(f"refused/{kind}/decided-and",
                       And(Function("attribute_exists", z), Compare(b, "<", value)), {"a": N(1)})
    file.condition("refused/size", Compare(Size(a), ">", literal(BOOL(True))), {"a": S("x")})

    file.section("Two :values.")
    for one, other in itertools.product(TYPES, TYPES):
        if one <= other:
            file.condition(f"values/{one}-{other}/eq",
                           Compare(literal(sample(one)), "=", literal(sample(other), ":w")), {}, one == other)


def missing_operands(file):
    file.section("A missing attribute on one side, on both, and no item at all: only <> holds.")
    for operator, word in COMPARATORS.items():
        want = operator == "<>"
        for kind in TYPES:
            item = {"a": sample(kind)}
            file.condition(f"missing/{word}/left/{kind}", Compare(z, operator, a), item, want)
            if kind in ORDERED:
                file.condition(f"missing/{word}/right/{kind}", Compare(a, operator, z), item, want)
                file.condition(f"missing/{word}/value/{kind}", Compare(z, operator, literal(sample(kind))),
                               {}, want)
        file.condition(f"missing/{word}/both", Compare(z, operator, Path("y")), {"a": N(1)}, want)
        file.condition(f"missing/{word}/no-item", Compare(z, operator, literal(N(1))), None, want)
        file.condition(f"missing/{word}/nested", Compare(Path("a.k.k"), operator, literal(N(1))),
                       {"a": M(k=N(1))}, want)
        file.condition(f"missing/{word}/element", Compare(Path("a[1]"), operator, literal(N(1))),
                       {"a": L(N(1))}, want)


EQUAL_NUMBERS = (
    ("1", "1.0"), ("100", "1E2"), ("100", "1e+2"), ("0.01", "1E-2"), ("0", "-0"), ("0", "0.000"),
    ("0", "0E10"), ("1", "+1"), (".5", "0.5"), ("5.", "5"), ("0042", "42"), ("-1.50", "-1.5"),
    ("1E125", "10E124"), ("1E-130", "0.1E-129"),
    ("12345678901234567890123456789012345678", "1.2345678901234567890123456789012345678E37"),
    ("0.12345678901234567890123456789012345678", "12345678901234567890123456789012345678E-38"),
    ("123000000000000000000000000000000000000000000", "123E42")
)
RISING_NUMBERS = (
    "-9.9999999999999999999999999999999999999E125", "-1E125", "-100.5", "-100", "-99", "-10", "-9", "-2",
    "-1.5", "-1", "-0.5", "-0.05", "-1E-130", "0", "1E-130", "2E-130", "0.05", "0.5",
    "0.50000000000000000000000000000000000001", "0.9", "1", "1.0000000000000000000000000000000000001", "1.5",
    "2", "9", "10", "11", "99", "100", "100.5", "101", "9007199254740992", "9007199254740993",
    "12345678901234567890123456789012345677", "12345678901234567890123456789012345678", "1E38", "1E125",
    "9.9999999999999999999999999999999999999E125"
)


def numbers(file):
    file.section("Numbers are compared by value, however they are written.")
    for index, (one, other) in enumerate(EQUAL_NUMBERS):
        item = {"a": N(one)}
        file.condition(f"number/equal-{index}/eq", Compare(a, "=", literal(N(other))), item, True)
        file.condition(f"number/equal-{index}/ne", Compare(literal(N(other)), "<>", a), item, False)
        file.condition(f"number/equal-{index}/lt", Compare(a, "<", literal(N(other))), item, False)
        file.condition(f"number/equal-{index}/le", Compare(a, "<=", literal(N(other))), item, True)
    file.section("Each number of a rising row against its neighbour.")
    rising(file, "number", [N(text) for text in RISING_NUMBERS])


def rising(file, label, values):
    for index, (low, high) in enumerate(itertools.pairwise(values)):
        file.condition(f"{label}/rising-{index}/lt", Compare(a, "<", b), {"a": low, "b": high}, True)
        file.condition(f"{label}/rising-{index}/gt", Compare(a, ">", literal(high)), {"a": low}, False)
        file.condition(f"{label}/rising-{index}/eq", Compare(a, "=", b), {"a": high, "b": low}, False)


def texts(file):
    file.section(
        "Strings by UTF-8 bytes (U+FFFF before U+10000, upper case before lower), a prefix before the whole.")
    rising(file, "string", [
        S(text) for text in ("", "\0", "\0a", "0", "10", "9", "A", "Z", "a", "a\0", "a ", "aa", "ab", "b",
                             "e\u0301", "z", "\x7f", "\x80", "\u00e9", "\u07ff", "\u0800", "\ud7ff", "\ue000",
                             "\uffff", "\U00010000", "\U0010ffff")
    ])
    file.condition("string/not-normalised", Compare(a, "=", literal(S("e\u0301"))), {"a": S("\u00e9")}, False)
    file.section("Binaries by unsigned bytes.")
    rising(file, "binary", [
        B(content) for content in (b"", b"\0", b"\0\0", b"\0\x01", b"\x01", b"a", b"a\0", b"ab", b"b",
                                   b"\x7f", b"\x7f\xff", b"\x80", b"\xfe", b"\xff", b"\xff\0", b"\xff\xff")
    ])


def collections(file):
    file.section("Sets, maps and lists: equal by content.")
    deep = M(x=L(N(1), M(y=SS("p", "q")), NULL), w=M())
    pairs = {
        "SS/reordered": (SS("p", "q", "r"), SS("r", "p", "q"), True),
        "SS/subset": (SS("p", "q"), SS("p"), False), "SS/other": (SS("p", "q"), SS("p", "r"), False),
        "SS/case": (SS("p"), SS("P"), False), "SS/empty-member": (SS("", "p"), SS("p", ""), True),
        "NS/by-value": (NS("1", "2.0", "-0"), NS("0", "1.00", "2"), True),
        "NS/other": (NS("1", "2"), NS("1", "2.5"), False),
        "NS/38-digits": (
            NS("12345678901234567890123456789012345678"),
            NS("12345678901234567890123456789012345679"), False),
        "BS/reordered": (BS(b"\xff", b"\0"), BS(b"\0", b"\xff"), True),
        "BS/other": (BS(b"\xff"), BS(b"\xfe"), False), "L/same": (L(N(1), S("p")), L(N("1.0"), S("p")), True),
        "L/reordered": (L(N(1), N(2)), L(N(2), N(1)), False), "L/prefix": (L(N(1)), L(N(1), N(2)), False),
        "L/empty": (L(), L(), True), "L/nested": (L(L(), L(L())), L(L(), L(L())), True),
        "L/element-type": (L(N(1)), L(S("1")), False),
        "M/reordered": (M(p=N(1), q=N(2)), M(q=N("2.0"), p=N(1)), True),
        "M/more": (M(p=N(1)), M(p=N(1), q=N(2)), False), "M/member": (M(p=N(1)), M(p=N(2)), False),
        "M/name": (M(p=N(1)), M(q=N(1)), False), "M/empty": (M(), M(), True),
        "M/empty-list": (M(), L(), False), "M/null-member": (M(p=NULL), M(), False),
        "M/deep": (deep, M(w=M(), x=L(N("1.0"), M(y=SS("q", "p")), NULL)), True),
        "M/deep-other": (deep, M(w=M(), x=L(N(1), M(y=SS("p", "x")), NULL)), False),
        "BOOL/false": (BOOL(False), BOOL(False), True), "BOOL/other": (BOOL(False), BOOL(True), False),
        "NULL/null": (NULL, NULL, True)
    }
    for label, (left, right, equal) in pairs.items():
        file.condition(f"content/{label}/attributes", Compare(a, "=", b), {"a": left, "b": right}, equal)
        file.condition(f"content/{label}/value", Compare(a, "=", literal(right)), {"a": left}, equal)
        file.condition(f"content/{label}/ne", Compare(literal(left), "<>", a), {"a": right}, not equal)

    file.section("Operands inside documents.")
    item = {"a": M(x=L(N(5), M(y=N(7))), b=S("x")), "b": L(L(N(7))), "a.b": S("dotted")}
    dotted = Path("#d", {"#d": "a.b"})
    for label, condition, want in (
            ("member-element", Compare(Path("a.x[1].y"), "=", Path("b[0][0]")), True),
            ("less", Compare(Path("a.x[0]"), "<", Path("a.x[1].y")), True),
            ("value", Compare(Path("a.x[0]"), ">=", literal(N("5.0"))), True),
            ("whole", Compare(Path("a.x[1]"), "=", literal(M(y=N(7)))), True),
            ("dotted-name", Compare(dotted, "=", literal(S("dotted"))), True),
            ("dotted-path", Compare(Path("a.b"), "=", literal(S("dotted"))), False),
            ("name-in-path", Compare(Path("a.#d", {"#d": "b"}), "=", literal(S("x"))), True),
            ("index-into-map", Compare(Path("a[0]"), "=", literal(N(5))), False),
            ("name-into-list", Compare(Path("b.x"), "=", literal(N(5))), False),
            ("into-scalar", Compare(Path("a.b.c"), "<>", literal(N(5))), True)):
        file.condition(f"nested/{label}", condition, item, want)


def between(file):
    file.section(
        "BETWEEN includes both bounds. Bounds from the item may be reversed or unlike: then it is false.")
    rows = {
        "S": [S(text) for text in "abcde"], "N": [N(number) for number in (-1, 0, "0.5", 1, 2)],
        "B": [B(bytes([byte])) for byte in (0, 1, 127, 128, 255)]
    }
    for kind, (below, low, inside, high, above) in rows.items():
        for label, value in (
                ("below", below), ("low", low), ("inside", inside), ("high", high), ("above", above)):
            want = label not in ("below", "above")
            file.condition(f"between/{kind}/{label}/values",
                           Between(a, literal(low, ":low"), literal(high, ":high")), {"a": value}, want)
            file.condition(f"between/{kind}/{label}/attributes", Between(a, b, c),
                           {"a": value, "b": low, "c": high}, want)
            file.condition(f"between/{kind}/{label}/value-inside", Between(literal(value), b, c),
                           {"b": low, "c": high}, want)
        file.condition(f"between/{kind}/point", Between(a, b, b), {"a": inside, "b": inside}, True)
        file.condition(f"between/{kind}/reversed", Between(a, b, c), {"a": inside, "b": high, "c": low},
                       False)
        file.condition(f"between/{kind}/reversed-half", Between(a, b, literal(low)), {"a": inside, "b": high},
                       False)
    bounds = literal(N(0), ":low"), literal(N(9), ":high")
    for kind in TYPES:
        file.condition(f"between/operand/{kind}", Between(a, *bounds), {"a": sample(kind)}, kind == "N")
        file.condition(f"between/lower/{kind}", Between(a, b, literal(N(9))), {"a": N(5), "b": sample(kind)},
                       kind == "N")
        file.condition(f"between/upper/{kind}", Between(a, literal(N(0)), b), {"a": N(1), "b": sample(kind)},
                       kind == "N")
    for kind in UNORDERED:
        file.condition(f"between/refused/{kind}/lower", Between(a, literal(sample(kind)), b),
                       {"a": N(1), "b": N(2)})
        file.condition(f"between/refused/{kind}/upper", Between(a, b, literal(sample(kind))),
                       {"a": N(1), "b": N(2)})
        file.condition(f"between/refused/{kind}/operand", Between(literal(sample(kind)), a, b),
                       {"a": N(1), "b": N(2)})
    for one, other in (("S", "N"), ("N", "S")):
        file.condition(f"between/refused/{one}-{other}",
                       Between(a, literal(sample(one), ":low"), literal(sample(other), ":high")), {"a": N(1)})
    item = {"a": N(1), "b": N(0), "c": N(2)}
    for label, condition in (
            ("operand", Between(z, b, c)), ("lower", Between(a, z, c)), ("upper", Between(a, b, z)),
            ("all", Between(z, Path("y"), Path("x")))):
        file.condition(f"between/missing/{label}", condition, item, False)
        file.condition(f"between/missing/{label}-not", Not(condition), item, True)
    file.condition("between/lower-case", Between(a, b, c, ("between", "and")), item, True)
    file.condition("between/and", And(Between(a, b, c), Compare(a, "<", c)), item, True)
    file.condition("between/and-false", And(Between(a, b, c), Compare(a, ">", c)), item, False)
    file.condition("between/size", Between(Size(Path("s")), literal(N(1), ":low"), literal(N(3), ":high")),
                   {"s": S("abc")}, True)


def membership(file):
    file.section("IN is equality with any candidate; candidates may be of any types.")
    everything = [literal(sample(kind), f":{kind}") for kind in TYPES]
    for kind in TYPES:
        low, high = SAMPLES[kind]
        others = [candidate for candidate in everything if candidate.text != f":{kind}"]
        file.condition(f"in/{kind}/one", In(a, literal(low)), {"a": low}, True)
        file.condition(f"in/{kind}/last", In(a, *others, literal(low)), {"a": low}, True)
        file.condition(f"in/{kind}/none", In(a, *others), {"a": low}, False)
        file.condition(f"in/{kind}/attributes", In(a, z, b), {"a": low, "b": low}, True)
        file.condition(f"in/{kind}/value-first", In(literal(low), z, a), {"a": low}, True)
        if kind != "NULL":
            file.condition(f"in/{kind}/unequal", In(a, literal(high)), {"a": low}, False)
        file.condition(f"in/{kind}/missing", In(z, literal(low), a), {"a": low}, False)
        file.condition(f"in/{kind}/missing-not", Not(In(z, literal(low))), {"a": low}, True)
    file.condition("in/missing-candidates", In(a, z, Path("y")), {"a": N(1)}, False)
    file.condition("in/missing-all", In(z, Path("y")), {"a": N(1)}, False)
    file.condition("in/no-item", In(a, literal(N(1))), None, False)
    file.condition("in/by-value", In(a, literal(N("1.0"))), {"a": N(1)}, True)
    file.condition("in/size", In(Size(a), literal(N(2), ":two"), literal(N(3), ":three")), {"a": S("abc")},
                   True)
    file.condition("in/set-is-no-list", In(a, b), {"a": S("1"), "b": SS("1")}, False)
    file.condition("in/100", In(a, *(literal(N(index), f":n{index}") for index in range(99))), {"a": N(98)},
                   True)


# ---- matrix-functions.case ----


def functions():
    file = File(
        "functions", """
attribute_exists, attribute_not_exists, attribute_type, begins_with, contains and size for operands of
every type. A function of a missing attribute is false (attribute_not_exists true); size of a missing
attribute or of a number, boolean or null is nothing: a comparison with it is false but for <>.""")
    existence(file)
    attribute_type(file)
    prefixes(file)
    containment(file)
    sizes(file)
    return file


def existence(file):
    file.section("attribute_exists and attribute_not_exists.")
    exists, absent = "attribute_exists", "attribute_not_exists"
    for kind in TYPES:
        file.condition(f"exists/{kind}", Function(exists, a), {"a": sample(kind)}, True)
        file.condition(f"not-exists/{kind}", Function(absent, a), {"a": sample(kind)}, False)
    item = {"a": M(k=L(N(1), M(n=NULL)), e=L()), "s": S(""), "f": BOOL(False)}
    for text, want in (
            ("a.k", True), ("a.k[0]", True), ("a.k[1].n", True), ("a.e", True), ("s", True), ("f", True),
            ("z", False), ("a.z", False), ("a.k[2]", False), ("a.k[1].z", False), ("a.e[0]", False),
            ("a[0]", False), ("a.k.n", False), ("s.k", False), ("s[0]", False), ("z.k[0]", False)):
        file.condition(f"exists/path/{text}", Function(exists, Path(text)), item, want)
        file.condition(f"not-exists/path/{text}", Function(absent, Path(text)), item, not want)
    file.condition("exists/no-item", Function(exists, a), None, False)
    file.condition("not-exists/no-item", Function(absent, a), None, True)
    file.condition("exists/empty-item", Function(exists, a), {}, False)
    for name in (exists, absent):
        file.condition(f"refused/{name}/value", Function(name, literal(S("a"))), {"a": N(1)})


def attribute_type(file):
    file.section("attribute_type: every type against the name of every type.")
    for one, other in itertools.product(TYPES, TYPES):
        file.condition(f"type/{one}-{other}", Function("attribute_type", a, literal(S(other))),
                       {"a": sample(one)}, one == other)
    for kind in TYPES:
        type_name = literal(S(kind))
        file.condition(f"type/missing/{kind}", Function("attribute_type", z, type_name), {"a": sample(kind)},
                       False)
        file.condition(f"type/value/{kind}", Function("attribute_type", literal(sample(kind), ":w"),
                                                      type_name), {}, True)
        file.condition(f"type/nested/{kind}", Function("attribute_type", Path("a.k[0]"), type_name),
                       {"a": M(k=L(sample(kind)))}, True)
        if kind != "S":
            file.condition(f"refused/attribute_type/{kind}",
                           Function("attribute_type", a, literal(sample(kind))), {"a": sample(kind)})
    file.condition("type/no-item", Function("attribute_type", a, literal(S("S"))), None, False)


def prefixes(file):
    file.section("begins_with: S with S and B with B; other attributes are false, other :values refused.")
    name = "begins_with"
    for kind in TYPES:
        for prefix in ("S", "B"):
            want = kind == prefix
            file.condition(f"{name}/{kind}-{prefix}/value", Function(name, a, literal(sample(prefix))),
                           {"a": sample(kind)}, want)
            file.condition(f"{name}/{kind}-{prefix}/attribute", Function(name, a, b),
                           {"a": sample(kind), "b": sample(prefix)}, want)
        file.condition(f"{name}/S-{kind}/attribute-prefix", Function(name, b, a),
                       {"a": sample(kind), "b": S("1")}, kind == "S")
        if kind not in ("S", "B"):
            file.condition(f"refused/{name}/{kind}/right", Function(name, a, literal(sample(kind))),
                           {"a": S("1")})
            file.condition(f"refused/{name}/{kind}/left", Function(name, literal(sample(kind)), a),
                           {"a": S("1")})
            file.filter(f"refused/{name}/{kind}/filter", Function(name, z, literal(sample(kind))), None)
    for label, whole, prefix, want in (
            ("first", S("hello"), S("h"), True), ("part", S("hello"), S("hell"), True),
            ("whole", S("hello"), S("hello"), True), ("longer", S("hello"), S("hello!"), False),
            ("inside", S("hello"), S("ell"), False), ("case", S("hello"), S("H"), False),
            ("nul", S("a\0b"), S("a\0"), True), ("after-nul", S("a\0b"), S("a\0c"), False),
            ("no-normalisation", S("\u00e9a"), S("e"), False),
            ("emoji", S("\U0001f600x"), S("\U0001f600"), True), ("empty-whole", S(""), S("a"), False),
            ("bytes", B(b"\xff\0a"), B(b"\xff\0"), True), ("bytes-inside", B(b"\xff\0a"), B(b"\0"), False),
            ("bytes-longer", B(b"a"), B(b"ab"), False)):
        file.condition(f"{name}/text/{label}", Function(name, a, literal(prefix)), {"a": whole}, want)
        file.condition(f"{name}/text/{label}-value-first", Function(name, literal(whole), b), {"b": prefix},
                       want)
    for label, condition in (
            ("left", Function(name, z, a)), ("right", Function(name, a, z)),
            ("value", Function(name, z, literal(S("a"))))):
        file.condition(f"{name}/missing/{label}", condition, {"a": S("a")}, False)
        file.condition(f"{name}/missing/{label}-not", Not(condition), {"a": S("a")}, True)


def containment(file):
    file.section("contains: a substring of S or B, a member of a set, an element of a list; else false.")
    for one, other in itertools.product(TYPES, TYPES):
        file.condition(f"contains/{one}-{other}/value", Function("contains", a, literal(sample(other))),
                       {"a": sample(one)})
        if one in ("S", "B", "L", *SETS) and other not in UNORDERED:
            file.condition(f"contains/{one}-{other}/attribute", Function("contains", a, b),
                           {"a": sample(one), "b": sample(other)})
    file.section("Lists hold values of any type, compared by content.")
    whole = L(*(sample(kind) for kind in TYPES))
    for kind in TYPES:
        low, high = SAMPLES[kind]
        file.condition(f"contains/list/{kind}", Function("contains", a, literal(low)), {"a": whole}, True)
        if kind != "NULL":
            file.condition(f"contains/list/{kind}-other", Function("contains", a, literal(high)),
                           {"a": whole}, False)
        file.condition(f"contains/list/{kind}-deeper", Function("contains", a, literal(low)),
                       {"a": L(L(whole))}, False)
    file.section("Contents.")
    for label, whole, part, want in (
            ("start", S("hello"), S("he"), True), ("middle", S("hello"), S("ell"), True),
            ("end", S("hello"), S("lo"), True), ("whole", S("hello"), S("hello"), True),
            ("longer", S("hello"), S("hello!"), False), ("apart", S("hello"), S("hlo"), False),
            ("case", S("hello"), S("HE"), False), ("overlap", S("aaab"), S("aab"), True),
            ("nul", S("a\0b"), S("\0b"), True), ("emoji", S("x\U0001f600"), S("\U0001f600"), True),
            ("bytes", B(b"\0\xff\0a"), B(b"\xff\0"), True), ("bytes-not", B(b"\0\xff"), B(b"\xff\0"), False),
            ("set", SS("p", "q"), S("q"), True), ("set-part", SS("pq"), S("q"), False),
            ("set-case", SS("p"), S("P"), False), ("set-empty-member", SS("", "p"), S(""), True),
            ("number-set", NS(1, 2), N("2.0"), True), ("number-set-not", NS(1, 12), N(2), False),
            ("number-set-38", NS("12345678901234567890123456789012345678"),
             N("12345678901234567890123456789012345679"), False),
            ("binary-set", BS(b"\0", b"\xff"), B(b"\xff"), True),
            ("set-of-set", SS("p", "q"), SS("p"), False), ("list-number", L(N(1), N(2)), N("2.00"), True),
            ("list-empty", L(), N(1), False), ("list-text-part", L(S("pq")), S("q"), False),
            ("map-name", M(p=N(1)), S("p"), False), ("map-member", M(p=N(1)), N(1), False)):
        file.condition(f"contains/content/{label}", Function("contains", a, literal(part)), {"a": whole},
                       want)
    for label, condition in (
            ("left", Function("contains", z, a)), ("right", Function("contains", a, z)),
            ("value", Function("contains", z, literal(S("a"))))):
        file.condition(f"contains/missing/{label}", condition, {"a": S("a")}, False)
        file.condition(f"contains/missing/{label}-not", Not(condition), {"a": S("a")}, True)


def sizes(file):
    file.section("size of every type, compared with its true size and with others.")
    sized = {
        "S": (S("abc"), 3), "B": (B(b"abcd"), 4), "M": (M(p=N(1), q=M(r=N(2))), 2),
        "L": (L(N(1), L(), S("")), 3), "SS": (SS("abc", "d"), 2), "NS": (NS(10, 20, 30), 3),
        "BS": (BS(b"ab"), 1), "N": (N(123), None), "BOOL": (BOOL(True), None), "NULL": (NULL, None)
    }
    for kind, (value, size) in sized.items():
        for operator, word in COMPARATORS.items():
            file.condition(f"size/{kind}/{word}", Compare(Size(a), operator, literal(N(size or 1))),
                           {"a": value})
        file.condition(f"size/{kind}/other", Compare(Size(a), "=", literal(N(9))), {"a": value}, False)
        file.condition(f"size/{kind}/attribute", Compare(b, "=", Size(a)), {"a": value, "b": N(size or 1)},
                       size is not None)
        if size is None:
            file.condition(f"refused/size/{kind}", Compare(Size(literal(value)), ">", literal(N(0), ":w")),
                           {})
        else:
            file.condition(f"size/{kind}/value", Compare(Size(literal(value)), "=", literal(N(size), ":w")),
                           {}, True)
    file.section("Strings count UTF-16 units, binaries bytes.")
    for label, value, size in (
            ("empty", S(""), 0), ("ascii", S("hello"), 5), ("accent", S("\u00e9"), 1),
            ("combining", S("e\u0301"), 2), ("cjk", S("\u65e5\u672c"), 2), ("emoji", S("\U0001f600"), 2),
            ("family", S("\U0001f468\u200d\U0001f469"), 5), ("mixed", S("a\U0001f600\u00e9"), 4),
            ("nul", S("a\0b"), 3), ("last-plane", S("\U0010ffff"), 2), ("last-unit", S("\uffff"), 1),
            ("empty-binary", B(b""), 0), ("binary", B(b"\0\xff\0"), 3), ("empty-list", L(), 0),
            ("empty-map", M(), 0), ("list-of-list", L(L(N(1), N(2))), 1)):
        file.condition(f"size/of/{label}", Compare(Size(a), "=", literal(N(size))), {"a": value}, True)
        file.condition(f"size/of/{label}-more", Compare(Size(a), ">", literal(N(size))), {"a": value}, False)
    file.section("size elsewhere.")
    item = {"a": S("abc"), "b": M(k=L(N(1), N(2))), "c": N(3)}
    for operator, word in COMPARATORS.items():
        file.condition(f"size/missing/{word}", Compare(Size(z), operator, literal(N(0))), item,
                       operator == "<>")
    for label, condition, want in (
            ("nested", Compare(Size(Path("b.k")), "=", literal(N(2))), True),
            ("two", Compare(Size(a), ">", Size(b)), True),
            ("with-text", Compare(Size(a), "=", literal(S("3"))), False),
            ("with-text-ne", Compare(Size(a), "<>", literal(S("3"))), True),
            ("with-text-lt", Compare(Size(a), "<", literal(S("9"))), False),
            ("between", Between(c, Size(b), Size(a)), True), ("in", In(c, Size(b), Size(a)), True)):
        file.condition(f"size/used/{label}", condition, item, want)


# ---- matrix-logic.case ----


def logic():
    file = File(
        "logic", """
AND, OR, NOT and their precedence (NOT, AND, OR) over true and false comparisons and over comparisons
with a missing attribute, which are plain false (and with <> plain true): there is no third value.""")
    item = {"a": N(1), "b": N(2)}
    atoms = {
        "true": Compare(a, "<", b), "false": Compare(a, ">", b), "missing": Compare(z, "=", b),
        "missing-ne": Compare(z, "<>", b)
    }
    file.section("NOT.")
    for label, atom in atoms.items():
        file.condition(f"not/{label}", Not(atom), item)
        file.condition(f"not/not/{label}", Not(Not(atom)), item)
        file.condition(f"not/4/{label}", Not(Not(Not(Not(atom)))), item)
        file.condition(f"not/no-item/{label}", Not(atom), None)
    file.section("AND and OR of two, plain and under NOT.")
    for join in (And, Or):
        word = join.__name__.lower()
        for (one, left), (other, right) in itertools.product(atoms.items(), atoms.items()):
            file.condition(f"{word}/{one}/{other}", join(left, right), item)
            file.condition(f"{word}/{one}/{other}/not", Not(join(left, right)), item)
            file.condition(f"{word}/{one}/{other}/not-left", join(Not(left), right), item)
            file.filter(f"{word}/{one}/{other}/not-right", join(left, Not(right)), item)
    precedence(file)
    return file


def precedence(file):
    file.section("Three operands: AND binds before OR, NOT before both; parentheses first.")
    shapes = {
        "or-and": lambda p, q, r: Or(p, And(q, r)), "and-or": lambda p, q, r: Or(And(p, q), r),
        "or-in-and": lambda p, q, r: And(Or(p, q), r), "and-or-in": lambda p, q, r: And(p, Or(q, r)),
        "not-and-or": lambda p, q, r: Or(And(Not(p), q), r),
        "or-not-and": lambda p, q, r: Or(p, And(Not(q), r)),
        "not-group": lambda p, q, r: And(Not(Or(p, q)), r), "and-chain": lambda p, q, r: And(And(p, q), r),
        "or-chain": lambda p, q, r: Or(Or(p, q), r)
    }
    item = {"p": BOOL(True), "q": BOOL(True), "r": BOOL(True), "t": BOOL(True)}
    letters = [Compare(Path(name), "=", Path("t")) for name in "pqr"]
    for label, shape in shapes.items():
        for truths in itertools.product((True, False), repeat=3):
            bits = "".join("01"[truth] for truth in truths)
            values = {name: BOOL(truth) for name, truth in zip("pqr", truths)}
            file.condition(f"precedence/{label}/{bits}", shape(*letters), {**item, **values})
    file.section("Keywords in any case, BETWEEN's AND among others, functions as operands.")
    p, q, r = letters
    numbers = {"a": N(1), "b": N(2), "c": N(3)}
    inside, less = Between(b, a, c), Compare(a, "<", b)
    exists, absent = Function("attribute_exists", a), Function("attribute_not_exists", a)
    for label, condition, item, want in (
            ("lower", Or(And(p, Not(q, "not"), "and"), r, "or"), {**item, "q": BOOL(False)}, True),
            ("mixed", Or(And(p, Not(q, "nOt"), "aNd"), r, "oR"), {**item, "r": BOOL(False)}, False),
            ("between-and", And(inside, less), numbers, True),
            ("and-between", And(less, inside), numbers, True), ("not-between", Not(inside), numbers, False),
            ("between-or", Or(Between(a, b, c), less), numbers, True),
            ("between-twice", And(inside, Between(a, b, c)), numbers, False),
            ("not-in", Not(In(a, b, c)), numbers, True),
            ("in-and", And(In(a, b, literal(N(1))), less), numbers, True),
            ("functions", And(exists, Not(Function("attribute_exists", z))), numbers, True),
            ("create-only", Or(absent, Compare(a, "<", literal(N(1)))), numbers, False),
            ("create-only-absent", Or(absent, Compare(a, "<", literal(N(1)))), None, True)):
        file.condition(f"mixed/{label}", condition, item, want)
