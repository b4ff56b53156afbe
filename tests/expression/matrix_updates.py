"""The cases of updates: what matrix.py tries of SET, REMOVE, ADD and DELETE."""

import itertools

from matrix_file import SAMPLES, File, a, b, c, literal, sample, z
from matrix_model import (BS, INCORRECT_TYPE, INVALID_PATH, L, M, N, NO_ATTRIBUTE, NS, OVERFLOW, S, SETS, SS,
                          TYPES, Add, Arithmetic, Delete, IfNotExists, ListAppend, Path, Remove, Set,
                          content_of)

# ---- matrix-update.case ----


def update():
    file = File(
        "update", """
SET with its operators and functions, REMOVE, ADD and DELETE for operands of every type and for paths.
All right-hand sides see the item before the update. A :value of the wrong type is refused by name;
an attribute of the wrong type, a missing attribute and an invalid path have one message each.""")
    assignments(file)
    arithmetic(file)
    set_functions(file)
    adds(file)
    deletes(file)
    paths(file)
    combinations(file)
    return file


def assignments(file):
    file.section("SET with a :value or an attribute of every type, over every type and over nothing.")
    for one, other in itertools.product(TYPES, TYPES):
        file.update(f"set/{one}-{other}/value", Set(a, literal(SAMPLES[other][1])),
                    {"a": sample(one), "b": S("kept")})
    for kind in TYPES:
        value = sample(kind)
        file.update(f"set/{kind}/new", Set(a, literal(value)), {"b": N(1)}, {"a": value, "b": N(1)})
        file.update(f"set/{kind}/copy", Set(a, b), {"b": value}, {"a": value, "b": value})
        file.update(f"set/{kind}/itself", Set(a, a), {"a": value}, {"a": value})
        file.update(f"set/{kind}/member", Set(Path("m.k"), literal(value)), {"m": M(j=N(1))},
                    {"m": M(j=N(1), k=value)})
        file.update(f"set/{kind}/element", Set(Path("l[0]"), literal(value)), {"l": L(N(1), N(2))},
                    {"l": L(value, N(2))})
    for label, operand in (("attribute", z), ("member", Path("b.z")), ("element", Path("b.l[1]"))):
        file.update(f"set/missing/{label}", Set(a, operand), {"b": M(l=L(N(1)))}, NO_ATTRIBUTE)
    file.update("set/missing/just-set", [Set(a, literal(N(1))), Set(b, a)], {}, NO_ATTRIBUTE)
    file.update("set/missing/itself", Set(z, z), {"a": N(1)}, NO_ATTRIBUTE)


SUMS = (
    ("1", "2", "3", "-1"), ("0.1", "0.2", "0.3", "-0.1"), ("-5", "3", "-2", "-8"), ("5", "-5", "0", "10"),
    ("0", "0", "0", "0"), ("99", "1", "100", "98"), ("1.5", "1.5", "3", "0"), ("-0.5", "-0.5", "-1", "0"),
    ("9007199254740992", "1", "9007199254740993", "9007199254740991"),
    ("12345678901234567890123456789012345677", "1", "12345678901234567890123456789012345678",
     "12345678901234567890123456789012345676"),
    ("1E37", "1", "1" + 36 * "0" + "1", 37 * "9"), ("1E100", "1E100", "2" + 100 * "0", "0"),
    ("1E-130", "1E-130", "0." + 129 * "0" + "2", "0"), ("1E125", "2E125", "3" + 125 * "0", "-1" + 125 * "0"),
    ("0.00000000000000000000000000000000000001", "0.1", "0.10000000000000000000000000000000000001", None)
)


def arithmetic(file):
    file.section("+ and -: exact decimals.")
    for index, (left, right, total, difference) in enumerate(SUMS):
        item = {"a": N(left), "b": N(right)}
        for operator, word, result in (("+", "plus", total), ("-", "minus", difference)):
            if result is not None:
                file.update(f"{word}/sum-{index}", Set(z, Arithmetic(a, operator, b)), item,
                            {**item, "z": N(result)})
    file.section("+ and - of two :values, of :value and attribute, in place.")
    for operator, word in (("+", "plus"), ("-", "minus")):
        five, two = literal(N(5), ":five"), literal(N(2), ":two")
        file.update(f"{word}/values", Set(a, Arithmetic(five, operator, two)), {})
        file.update(f"{word}/value-first", Set(a, Arithmetic(five, operator, a)), {"a": N(2)})
        file.update(f"{word}/in-place", Set(a, Arithmetic(a, operator, two)), {"a": N(5)})
        file.update(f"{word}/itself", Set(a, Arithmetic(a, operator, a)), {"a": N(5)})
        file.update(f"{word}/nested", Set(Path("a.k[0]"), Arithmetic(Path("a.k[0]"), operator, Path("a.n"))),
                    {"a": M(k=L(N(5)), n=N(2))})
        for kind in TYPES:
            if kind != "N":
                item = {"a": sample(kind), "b": N(1)}
                file.update(f"{word}/attribute-left/{kind}", Set(b, Arithmetic(a, operator, two)), item,
                            INCORRECT_TYPE)
                file.update(f"{word}/attribute-right/{kind}", Set(b, Arithmetic(b, operator, a)), item,
                            INCORRECT_TYPE)
                file.update(f"{word}/refused-left/{kind}",
                            Set(b, Arithmetic(literal(sample(kind)), operator, b)), item)
                file.update(f"{word}/refused-right/{kind}",
                            Set(b, Arithmetic(b, operator, literal(sample(kind)))), item)
        for label, left, right in (("left", z, two), ("right", two, z), ("both", z, Path("y"))):
            file.update(f"{word}/missing/{label}", Set(a, Arithmetic(left, operator, right)), {"a": N(1)},
                        NO_ATTRIBUTE)
    file.update("plus/overflow", Set(a, Arithmetic(a, "+", a)), {"a": N("9E125")}, OVERFLOW)
    file.update("minus/overflow", Set(a, Arithmetic(a, "-", literal(N("9E125")))), {"a": N("-9E125")},
                OVERFLOW)
    file.update("plus/too-many-digits", Set(a, Arithmetic(a, "+", literal(N("0.1")))), {"a": N("1E38")},
                OVERFLOW)


def set_functions(file):
    file.section("if_not_exists: the attribute of whatever type when there is one, else the second operand.")
    for kind in TYPES:
        low, high = SAMPLES[kind]
        default = literal(high)
        file.update(f"if-not-exists/{kind}/there", Set(a, IfNotExists(a, default)), {"a": low}, {"a": low})
        file.update(f"if-not-exists/{kind}/not-there", Set(a, IfNotExists(a, default)), {}, {"a": high})
        file.update(f"if-not-exists/{kind}/other-type", Set(a, IfNotExists(b, default)), {"b": S("old")},
                    {"a": S("old"), "b": S("old")})
        file.update(f"if-not-exists/{kind}/attribute", Set(a, IfNotExists(z, b)), {"b": low},
                    {"a": low, "b": low})
    one, zero = literal(N(1), ":one"), literal(N(0), ":zero")
    file.update("if-not-exists/both-missing", Set(a, IfNotExists(z, Path("y"))), {"a": N(1)}, NO_ATTRIBUTE)
    file.update("if-not-exists/nested", Set(Path("m.k"), IfNotExists(Path("m.k"), one)), {"m": M()},
                {"m": M(k=N(1))})
    file.update("if-not-exists/element", Set(a, IfNotExists(Path("l[1]"), one)), {"l": L(N(7))},
                {"a": N(1), "l": L(N(7))})
    file.update("if-not-exists/twice", Set(a, IfNotExists(z, IfNotExists(b, one))), {"b": N(5)},
                {"a": N(5), "b": N(5)})
    file.update("if-not-exists/value-first", Set(a, IfNotExists(one, zero)), {})
    for label, item, want in (("there", {"a": N(41)}, N(42)), ("not-there", {}, N(1))):
        file.update(f"if-not-exists/counter/{label}", Set(a, Arithmetic(IfNotExists(a, zero), "+", one)),
                    item, {"a": want})
    file.update("if-not-exists/counter/text", Set(a, Arithmetic(IfNotExists(a, zero), "+", one)),
                {"a": S("41")}, INCORRECT_TYPE)

    file.section("list_append: two lists in the order given.")
    new = literal(L(N(9)))
    for label, item, operands, want in (
            ("after", {"a": L(N(1))}, (a, new), L(N(1), N(9))),
            ("before", {"a": L(N(1))}, (new, a), L(N(9), N(1))),
            ("values", {}, (new, literal(L(S("x")), ":w")), L(N(9), S("x"))),
            ("to-empty", {"a": L()}, (a, new), L(N(9))),
            ("empty", {"a": L(N(1))}, (a, literal(L())), L(N(1))),
            ("two-empty", {"a": L()}, (a, literal(L())), L()),
            ("list-of-lists", {"a": L(L())}, (a, literal(L(L(N(1))))), L(L(), L(N(1)))),
            ("create", {}, (IfNotExists(a, literal(L(), ":none")), new), L(N(9))),
            ("grow", {"a": L(N(1))}, (IfNotExists(a, literal(L(), ":none")), new), L(N(1), N(9)))):
        file.update(f"list-append/{label}", Set(a, ListAppend(*operands)), item, {"a": want})
    file.update("list-append/nested", Set(Path("m.k[0]"), ListAppend(Path("m.k[0]"), new)),
                {"m": M(k=L(L(N(1))))}, {"m": M(k=L(L(N(1), N(9))))})
    for kind in TYPES:
        if kind != "L":
            value, item = literal(sample(kind)), {"a": sample(kind), "b": L()}
            file.update(f"list-append/attribute-left/{kind}", Set(b, ListAppend(a, new)), item,
                        INCORRECT_TYPE)
            file.update(f"list-append/attribute-right/{kind}", Set(b, ListAppend(b, a)), item, INCORRECT_TYPE)
            file.update(f"list-append/refused-left/{kind}", Set(b, ListAppend(value, b)), item)
            file.update(f"list-append/refused-right/{kind}", Set(b, ListAppend(b, value)), item)
    file.update("list-append/missing/left", Set(a, ListAppend(z, new)), {"a": L()}, NO_ATTRIBUTE)
    file.update("list-append/missing/right", Set(a, ListAppend(new, z)), {"a": L()}, NO_ATTRIBUTE)


def adds(file):
    file.section(
        "ADD: a number or set to nothing or to an attribute of every type; other :values are refused.")
    for kind in TYPES:
        value = literal(SAMPLES[kind][1])
        file.update(f"add/nothing-{kind}", Add(a, value), {"b": N(1)})
        for existing in TYPES:
            if kind in ("N", *SETS):
                file.update(f"add/{existing}-{kind}", Add(a, value), {"a": sample(existing)})
        if kind not in ("N", *SETS):
            file.update(f"add/N-{kind}", Add(a, value), {"a": N(1)})
            file.update(f"add/{kind}-{kind}", Add(a, value), {"a": sample(kind)})
            file.update(f"add/no-path-{kind}", Add(Path("z.z"), value), {"a": sample(kind)})
    for index, (left, right, total, _) in enumerate(SUMS):
        file.update(f"add/sum-{index}", Add(a, literal(N(right))), {"a": N(left)}, {"a": N(total)})
    for label, old, new, want in (
            ("some-new", SS("p", "q"), SS("q", "r"), SS("p", "q", "r")),
            ("none-new", SS("p", "q"), SS("q"), SS("p", "q")),
            ("by-value", NS("1", "2"), NS("2.0", "3"), NS(1, 2, 3)), ("zero", NS("0"), NS("-0"), NS(0)),
            ("bytes", BS(b"\xff"), BS(b"\0", b"\xff"), BS(b"\xff", b"\0")),
            ("empty-member", SS("p"), SS(""), SS("p", ""))):
        file.update(f"add/set/{label}", Add(a, literal(new)), {"a": old}, {"a": want})
    file.update("add/negative", Add(a, literal(N(-5))), {"a": N(3)}, {"a": N(-2)})
    file.update("add/overflow", Add(a, literal(N("9E125"))), {"a": N("9E125")}, OVERFLOW)


def deletes(file):
    file.section("DELETE: the members of a set of the same type; the last one takes the attribute along.")
    for kind in TYPES:
        value = literal(sample(kind))
        if kind not in SETS:
            file.update(f"delete/SS-{kind}", Delete(a, value), {"a": SS("1")})
            file.update(f"delete/nothing-{kind}", Delete(a, value), {})
            continue
        file.update(f"delete/nothing-{kind}", Delete(a, value), {"b": N(1)}, {"b": N(1)})
        for existing in TYPES:
            file.update(f"delete/{existing}-{kind}", Delete(a, value), {"a": SAMPLES[existing][1]})
        file.update(f"delete/last-{kind}", Delete(a, value), {"a": sample(kind), "b": N(1)}, {"b": N(1)})
        file.update(f"delete/last-nested-{kind}", Delete(Path("m.k"), value), {"m": M(k=sample(kind))},
                    {"m": M()})
    for label, old, gone, want in (
            ("some", SS("p", "q", "r"), SS("q", "x"), SS("p", "r")),
            ("others", SS("p"), SS("x", "y"), SS("p")), ("more", SS("p"), SS("p", "x"), None),
            ("by-value", NS(1, 2, 3), NS("2.0", "-0"), NS(1, 3)),
            ("bytes", BS(b"\0", b"\xff"), BS(b"\xff"), BS(b"\0")),
            ("empty-member", SS("", "p"), SS(""), SS("p"))):
        file.update(f"delete/set/{label}", Delete(a, literal(gone)), {"a": old}, {"a": want} if want else {})


def paths(file):
    file.section("Paths that lead nowhere: the holder of the target must be there and of the right type.")
    item = {"s": S("x"), "m": M(k=N(1), l=L(N(0))), "l": L(N(0), M(k=N(1))), "e": SS("p")}
    for text in (
            "s.k", "s[0]", "z.k", "z[0]", "m[0]", "l.k", "m.z.k", "m.k.k", "m.k[0]", "l[0].k", "l[7].k",
            "l[1].z.k", "m.l.k", "e[0]", "e.k"):
        path, value = Path(text), literal(SS("p"))
        for action in (Set(path, value), Remove(path), Add(path, value), Delete(path, value)):
            file.update(f"path/invalid/{text}/{action.section}", action, item, INVALID_PATH)
    file.section("Paths that lead somewhere.")
    nine = literal(N(9))
    for label, action, want in (
            ("set-member", Set(Path("m.j"), nine), {"m": M(k=N(1), l=L(N(0)), j=N(9))}),
            ("set-deep", Set(Path("l[1].k"), nine), {"l": L(N(0), M(k=N(9)))}),
            ("set-end", Set(Path("l[2]"), nine), {"l": L(N(0), M(k=N(1)), N(9))}),
            ("set-past-end", Set(Path("l[50]"), nine), {"l": L(N(0), M(k=N(1)), N(9))}),
            ("set-nested-end", Set(Path("m.l[1]"), nine), {"m": M(k=N(1), l=L(N(0), N(9)))}),
            ("remove-top", Remove(Path("s")), {"s": None}), ("remove-missing", Remove(z), {}),
            ("remove-member", Remove(Path("m.k")), {"m": M(l=L(N(0)))}),
            ("remove-missing-member", Remove(Path("m.z")), {}),
            ("remove-element", Remove(Path("l[0]")), {"l": L(M(k=N(1)))}),
            ("remove-past-end", Remove(Path("l[2]")), {}),
            ("remove-deep", Remove(Path("l[1].k")), {"l": L(N(0), M())}),
            ("remove-last-element", Remove(Path("m.l[0]")), {"m": M(k=N(1), l=L())}),
            ("add-member", Add(Path("m.k"), nine), {"m": M(k=N(10), l=L(N(0)))}),
            ("add-new-member", Add(Path("m.j"), nine), {"m": M(k=N(1), l=L(N(0)), j=N(9))}),
            ("add-element", Add(Path("l[0]"), nine), {"l": L(N(9), M(k=N(1)))}),
            ("add-deep", Add(Path("l[1].k"), nine), {"l": L(N(0), M(k=N(10)))}),
            ("delete-missing-member", Delete(Path("m.z"), literal(SS("p"))), {}),
            ("dotted-name", Set(Path("#d", {"#d": "m.k"}), nine), {"m.k": N(9)}),
            ("name-in-path", Remove(Path("m.#d", {"#d": "k"})), {"m": M(l=L(N(0)))})):
        after = {name: value for name, value in {**item, **want}.items() if value is not None}
        file.update(f"path/{label}", action, item, after)
    for kind in TYPES:
        file.update(f"remove/{kind}", Remove(a), {"a": sample(kind), "b": N(1)}, {"b": N(1)})


def combinations(file):
    file.section(
        "Several actions at once: all see the item before, list indexes are those of the item before.")
    letters = L(*(S(letter) for letter in "pqrst"))
    x, y = literal(S("x"), ":x"), literal(S("y"), ":y")
    member = [Path(f"l[{index}]") for index in range(10)]
    for label, actions, item, want in (
            ("swap", [Set(a, b), Set(b, a)], {"a": N(1), "b": S("2")}, {"a": S("2"), "b": N(1)}),
            ("move", [Set(b, a), Remove(a)], {"a": N(1)}, {"b": N(1)}),
            ("old-sum", [Set(a, Arithmetic(a, "+", literal(N(1), ":one"))), Set(b, a)], {"a": N(1)},
             {"a": N(2), "b": N(1)}),
            ("add-and-read", [Set(b, a), Add(a, literal(N(1), ":one"))], {"a": N(1)}, {"a": N(2), "b": N(1)}),
            ("delete-and-read", [Set(b, a), Delete(a, literal(SS("p")))], {"a": SS("p")}, {"b": SS("p")}),
            ("all-sections",
             [Set(a, x), Remove(b), Add(c, literal(N(1), ":one")), Delete(z, literal(SS("p")))],
             {"b": N(1), "c": N(1), "z": SS("p", "q")}, {"a": S("x"), "c": N(2), "z": SS("q")}),
            ("append-in-order", [Set(member[9], x), Set(member[7], y)], {"l": letters},
             {"l": L(*content_of(letters), S("y"), S("x"))}),
            ("set-and-append", [Set(member[8], x), Set(member[0], y)], {"l": letters},
             {"l": L(S("y"), *content_of(letters)[1:], S("x"))}),
            ("remove-two", [Remove(member[0]), Remove(member[2])], {"l": letters},
             {"l": L(S("q"), S("s"), S("t"))}),
            ("remove-two-down", [Remove(member[3]), Remove(member[1])], {"l": letters},
             {"l": L(S("p"), S("r"), S("t"))}),
            ("remove-all", [Remove(path) for path in member[:5]], {"l": letters}, {"l": L()}),
            ("remove-some-past", [Remove(member[4]), Remove(member[9])], {"l": letters},
             {"l": L(*content_of(letters)[:4])}),
            ("siblings", [Set(Path("m.p"), x), Set(Path("m.q"), y), Remove(Path("m.r"))], {"m": M(r=N(1))},
             {"m": M(p=S("x"), q=S("y"))}),
            ("copy-of-parent", [Set(b, Path("m")), Set(Path("m.p"), x)], {"m": M(p=N(1))},
             {"b": M(p=N(1)), "m": M(p=S("x"))})):
        file.update(f"several/{label}", actions, item, want)
