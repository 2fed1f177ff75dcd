"""Phrases that are true, false or unknown: junctions, counts, comparisons."""

from engine.language import selections
from engine.language import syntax as s
from engine.language.apply import in_plain, said
from engine.language.checker import Checker
from engine.language.core import Const, Core
from engine.language.literals import whole
from engine.language.types import Code, CodeSet, Number
from engine.language.units import ONE

BUILT_IN = ("visit", "baseline", "as_of")
"""Days that no file declares."""

SIGNS = {"=": "eq", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def junction(checker: Checker, node: s.Junction) -> Core | None:
    return checker.call(node.word, node.at, *map(checker.check, node.parts))


def negation(checker: Checker, node: s.Negation) -> Core | None:
    return checker.call("not", node.at, checker.check(node.part))


def unless(checker: Checker, node: s.Unless) -> Core | None:
    part, exception = checker.check(node.part), checker.check(node.exception)
    return checker.call("and", node.at, part, checker.call("not", node.exception.at, exception))


def count_of(checker: Checker, node: s.CountOf) -> Core | None:
    parts = [checker.check(part) for part in node.parts]
    match node.word:
        case "all":
            return checker.call("and", node.at, *parts)
        case "any":
            return checker.call("or", node.at, *parts)
        case "none":
            return checker.call("not", node.at, checker.call("or", node.at, *parts))
        case "at least":
            return checker.call("at_least", node.at, _count(checker, node), *parts)


def _count(checker: Checker, node: s.CountOf) -> Core | None:
    assert node.count is not None
    count = checker.check(node.count)
    if count is None:
        return None
    number = whole(in_plain(count))
    if number is None or not isinstance(count.type, Number) or count.type.unit != ONE:
        found = "a part of one" if count.type == Number(ONE) else said(count.type)
        help = "a figure or a parameter, as in `at least 2 of (a, b, c)`"
        checker.fail("type", f"`at least` needs a whole number; this is {found}", node.count.at, help)
        return None
    if number > len(node.parts):
        message = f"at least {number} of {len(node.parts)} can never be true"
        checker.fail("type", message, node.count.at, "lower the number, or see whether a part is missing")
        return None
    return count


def compare(checker: Checker, node: s.Compare) -> Core | None:
    if isinstance(node.left, s.Selection) and selections.is_quantified(node.left):
        return selections.of_each(checker, node.left, lambda held: _compared(checker, node, held))
    if _is_backwards(node):
        help = "turn it round, as in `any x > 5`"
        checker.fail("type", "a comparison of each record starts with the records", node.right.at, help)
        return None
    left, right = pair(checker, node.left, node.right)
    return _signed(checker, node, left, right)


def _is_backwards(node: s.Compare) -> bool:
    """`5 < any x`; `a = any x` is fine, where both are a yes or no."""
    right = node.right
    return node.sign not in ("=", "!=") and isinstance(right, s.Selection) and selections.is_quantified(right)


def _compared(checker: Checker, node: s.Compare, held: Core) -> Core | None:
    return _signed(checker, node, held, checker.check(node.right, held.type))


def _signed(checker: Checker, node: s.Compare, left: Core | None, right: Core | None) -> Core | None:
    if node.sign == "!=":
        return checker.call("not", node.at, checker.call("eq", node.at, left, right))
    return checker.call(SIGNS[node.sign], node.at, left, right)


def pair(checker: Checker, left: s.Syntax, right: s.Syntax) -> tuple[Core | None, Core | None]:
    """Both sides; a code without quotes takes its codelist from the other side."""
    if not _may_be_code(checker, left):
        first = checker.check(left)
        if first is None and _may_be_code(checker, right):
            return None, None
        return first, checker.check(right, None if first is None else first.type)
    if _may_be_code(checker, right):
        return checker.check(_name_of(left, right)), None
    second = checker.check(right)
    return None if second is None else checker.check(left, second.type), second


def _may_be_code(checker: Checker, node: s.Syntax) -> bool:
    if isinstance(node, s.Name) and node.name in BUILT_IN:
        return False
    return isinstance(node, s.Name | s.CodeLiteral) and not checker.is_named(node)


def _name_of(left: s.Syntax, right: s.Syntax) -> s.Syntax:
    """Of two words that nobody knows, the one that should have been a name."""
    return right if isinstance(left, s.CodeLiteral) else left


def between(checker: Checker, node: s.Between) -> Core | None:
    if isinstance(node.value, s.Selection) and selections.is_quantified(node.value):
        return selections.of_each(checker, node.value, lambda held: _range(checker, node, held))
    return _range(checker, node, checker.check(node.value))


def _range(checker: Checker, node: s.Between, value: Core | None) -> Core | None:
    low = checker.call("ge", node.at, value, checker.check(node.low))
    high = checker.call("le", node.at, value, checker.check(node.high))
    return checker.call("and", node.at, low, high)


def member(checker: Checker, node: s.Member) -> Core | None:
    if isinstance(node.value, s.Selection) and selections.is_quantified(node.value):
        return selections.of_each(checker, node.value, lambda held: _member(checker, node, held))
    return _member(checker, node, checker.check(node.value))


def _member(checker: Checker, node: s.Member, value: Core | None) -> Core | None:
    if value is None:
        return None
    if not isinstance(value.type, Code):
        help = "a range is `x between A and B`; a few figures are `any of (x = 1, x = 2)`"
        checker.fail("type", f"`in` needs a code; this is {said(value.type)}", value.at, help)
        return None
    found = checker.call("in", node.at, value, _codes(checker, node.codes, value.type))
    return checker.call("not", node.at, found) if node.negated else found


def _codes(checker: Checker, node: s.Codes | s.Name, like: Code) -> Core | None:
    if isinstance(node, s.Name):
        return _named_codes(checker, node, like)
    codes = [checker.code(code, like) for code in node.codes]
    found = frozenset(str(code.value) for code in codes if isinstance(code, Const))
    return None if None in codes else Const(found, CodeSet(like), node.at)


def _named_codes(checker: Checker, node: s.Name, like: Code) -> Core | None:
    if node.name in like.codes and not checker.is_named(node):
        message = f"`{node.name}` is one code, and `in` needs several"
        checker.fail("code", message, node.at, f"write `= {node.name}`, or braces: `{{{node.name}, ...}}`")
        return None
    named = checker.check(node)
    if named is None or named.type == CodeSet(like):
        return named
    help = "codes stand in braces, or in a parameter with a list of codes"
    checker.fail(
        "type", f"`{node.name}` is {said(named.type)}, not codes of `{like.codelist}`", node.at, help
    )
    return None


def known(checker: Checker, node: s.Known) -> Core | None:
    asked = checker.call("known", node.at, checker.check(node.value))
    return asked if node.known else checker.call("not", node.at, asked)


def if_known(checker: Checker, node: s.IfKnown) -> Core | None:
    return checker.call("if_known", node.at, *pair(checker, node.value, node.otherwise))


def if_then_else(checker: Checker, node: s.IfThenElse) -> Core | None:
    condition = checker.check(node.condition)
    return checker.call("if", node.at, condition, *pair(checker, node.then, node.otherwise))
