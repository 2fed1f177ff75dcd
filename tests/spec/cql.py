"""Expressions of CQL (Clinical Quality Language) in the rule language, as far as it has a word for them.

A partial date becomes a recorded fact, null a fact that nobody recorded, a list
the records of a variable, and the left one of two intervals an episode. What is
left over is `Outside`, with the reason.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field

OUTSIDE = {
    r"(Ceiling|Floor|Truncate)\(": "one kind of rounding: `round(x, step)`",
    r"\b(mod|div)\b": "no remainder and no whole division",
    r"Mode\(": "no most frequent value",
    r"'\w+' [<>]=? '\w+'|Min\(\{'": "texts are codes, and codes have no order",
    r"^difference in": "completed months and years are counted, and not the boundaries that were crossed",
    r"collapse|intersect|union|width": "an interval is not a value",
    r"ToQuantity": "text is not turned into numbers",
    r"AnyTrue\(null\)|Coalesce\(\{'": "a list is not a value",
}


class Outside(Exception):
    """The rule language has no such thing; the argument says what it has."""


DATE = r"(?:DateTime\([\d, ]+\)|Date\([\d, ]+\)|@\d{4}-\d\d-\d\d)"
INTERVAL = rf"Interval\[{DATE}, (?:{DATE}|null)\]"
LEAF = re.compile(
    rf"(?P<date>{DATE})|(?P<number>\d[\d.]*) ?'(?P<unit>[^']+)'|(?P<null>null(?: as \w+)?)|'(?P<text>\w+)'"
)
PRECISION = {"year": 1, "month": 2, "day": 3}

LISTS = {
    "AllTrue": "every {}",
    "AnyTrue": "any {}",
    "Avg": "mean {}",
    "Count": "number of {}",
    "Max": "highest {}",
    "Min": "lowest {}",
    "Sum": "total {}",
}

# Of the interval recorded as `span` and another one from `{low}` to `{high}`.
START, END = "(first span.start)", "(first span.end)"
INCLUDES = f"{{low}} >= {START} and {{high}} <= {END}"
INCLUDED = f"{START} >= {{low}} and {END} <= {{high}}"
RELATIONS = {
    "overlaps": "any span from {low} to {high}",
    "includes": INCLUDES,
    "properly includes": f"{INCLUDES} and ({{low}} > {START} or {{high}} < {END})",
    "included in": INCLUDED,
    "properly included in": f"{INCLUDED} and ({START} > {{low}} or {END} < {{high}})",
    "starts": f"{START} = {{low}} and {END} <= {{high}}",
    "ends": f"{END} = {{high}} and {START} >= {{low}}",
    "meets": f"{{low}} = {END} + 1 day or {START} = {{high}} + 1 day",
}


@dataclass(slots=True)
class Question:
    """An expression of the rule language being made, and what is recorded for it."""

    cql: str
    given: list[str] = field(default_factory=list)

    def asked(self) -> str:
        reason = next((reason for found, reason in OUTSIDE.items() if re.search(found, self.cql)), None)
        if reason:
            raise Outside(reason)
        return self.said(self.cql)

    def said(self, cql: str) -> str:
        """By the first form that fits; else leaf by leaf."""
        for pattern, form in FORMS.items():
            found = re.fullmatch(pattern, cql)
            if found:
                return form(self, *found.groups())
        return LEAF.sub(self.leaf, cql)

    # ------------------------------------------------------------------ leaves

    def leaf(self, found: re.Match[str]) -> str:
        if found["date"]:
            return self.date(found["date"])
        if found["number"]:
            return f"{found['number']} {found['unit']}"
        return self.null() if found["null"] else self.named("text", found["text"])

    def date(self, cql: str) -> str:
        """A literal; a partial date as a fact."""
        parts = parts_of(cql)
        return written(parts) if len(parts) == PRECISION["day"] else self.named("date", written(parts))

    def named(self, kind: str, value: str) -> str:
        number = 1 + sum(line.startswith(f"{kind}_") for line in self.given)
        self.given.append(f"{kind}_{number} {value}")
        return f"{kind}_{number}"

    def null(self) -> str:
        """A fact of the kind that the rest of the expression is about, and that nobody recorded."""
        kinds = {"String|'": "code", "DateTime": "date", r"\d|Integer|Decimal": "number"}
        return "no_" + next((kind for sign, kind in kinds.items() if re.search(sign, self.cql)), "truth")

    # ------------------------------------------------------------------- lists

    def in_list(self, function: str, items: str) -> str:
        """The items as records of one variable, a day apart."""
        variable = "truths" if function.endswith("True") else variable_of(items)
        for day, item in enumerate(re.findall(rf"{DATE}|[^,\s][^,]*", items), 1):
            self.given.append(f"{variable} 2000-01-{day:02} {recorded(item.strip())}")
        by_date = variable == "dates" and function != "Count"
        return LISTS[function].format("dates.date" if by_date else variable)

    def coalesced(self, items: str) -> str:
        found = re.findall(rf"{DATE}|[^,\s{{}}]+", items)
        return " if known else ".join(map(self.said, found))

    # --------------------------------------------------------------- intervals

    def span(self, interval: str) -> None:
        low, high = bounds_of(interval)
        end = "unknown" if high == "null" else written(parts_of(high))
        self.given.append(f"span {written(parts_of(low))} to {end}")

    def related(self, left: str, relation: str, right: str) -> str:
        self.span(left)
        low, high = map(self.date, bounds_of(right))
        return RELATIONS[relation].format(low=low, high=high)

    def beside(self, interval: str, side: str, date: str) -> str:
        self.span(interval)
        return f"{START} > {self.date(date)}" if side == "after" else f"{END} < {self.date(date)}"

    def within(self, date: str, interval: str) -> str:
        self.span(interval)
        return f"any span on {self.date(date)}"

    def on_or(self, left: str, side: str, right: str) -> str:
        """Of an interval the day that decides: its first if it must be late, its last if it must be early."""
        late = side == "after"
        mine = bounds_of(left)[not late] if left.startswith("Interval") else left
        other = bounds_of(right)[late] if right.startswith("Interval") else right
        return self.with_precision(mine, f"on or {side}", ("month", other))

    # --------------------------------------------------------------- precision

    def with_precision(self, left: str, relation: str, right: tuple[str, str]) -> str:
        """`after month of D` is after the last day of its month, `on or after` it from its first day on."""
        unit, date = right
        parts = parts_of(date)[: PRECISION[unit]]
        if len(parts) < PRECISION[unit]:
            return f"{self.date(left)} {SIGNS[relation][0]} {self.date(date)}"
        if relation == "as":
            return f"{self.date(left)} between {first_day(parts)} and {last_day(parts)}"
        sign, edge = SIGNS[relation]
        return f"{self.date(left)} {sign} {edge(parts)}"


def recorded(item: str) -> str:
    """What stands behind the day of a record."""
    if re.fullmatch(DATE, item):
        return f"date {written(parts_of(item))}"
    return {"true": "yes", "false": "no", "null": ""}.get(item, item.replace("'", " ").strip())


def variable_of(items: str) -> str:
    return "dates" if "Date" in items else "volumes" if "'" in items else "numbers"


def parts_of(date: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", date)))


def bounds_of(interval: str) -> tuple[str, str]:
    low, high = re.findall(rf"{DATE}|null", interval)
    return low, high


def written(parts: tuple[int, ...]) -> str:
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def first_day(parts: tuple[int, ...]) -> str:
    return written((*parts, 1, 1)[:3])


def last_day(parts: tuple[int, ...]) -> str:
    year, month = (*parts, 12)[:2]
    return written((year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1]))


SIGNS: dict[str, tuple[str, Callable[[tuple[int, ...]], str]]] = {
    "after": (">", last_day),
    "before": ("<", first_day),
    "on or after": (">=", first_day),
    "on or before": ("<=", last_day),
}

FORMS: dict[str, Callable[..., str]] = {
    rf"({'|'.join(LISTS)})\(\{{(.*)\}}\)": Question.in_list,
    r"Abs\((.*)\)": lambda q, x: f"abs({q.said(x)})",
    r"Power\((.*), (.*)\)": lambda q, x, y: f"({q.said(x)}) ^ ({q.said(y)})",
    r"Round\((-?[\d.]+)\)": lambda q, x: f"round({x}, 1)",
    r"Round\((-?[\d.]+), (\d)\)": lambda q, x, places: f"round({x}, {10 ** -int(places):.{places}f})",
    r"IsNull\((.*)\)": lambda q, x: f"({q.said(x)}) is unknown",
    r"IsTrue\((.*)\)": lambda q, x: f"({q.said(x)}) if known else false",
    r"Coalesce\((.*)\)": Question.coalesced,
    r"(\w+) implies (\w+)": lambda q, a, b: f"not {q.said(a)} or {q.said(b)}",
    r"(\w+) xor (\w+)": lambda q, a, b: f"{q.said(a)} != {q.said(b)}",
    r"case when (.*) then (.*) when (.*) then (.*) else (.*) end": lambda q, *p: (
        "if {} then {} else if {} then {} else {}".format(*map(q.said, p))
    ),
    rf"(days|months|years) between ({DATE}) and ({DATE})(.*)": lambda q, unit, a, b, compared: (
        f"{unit} from {q.date(a)} to {q.date(b)} / 1 {unit}{compared}"
    ),
    rf"({DATE}) (after|before) (year|month|day) of ({DATE})": lambda q, a, side, unit, b: q.with_precision(
        a, side, (unit, b)
    ),
    rf"({DATE}) same (year|month|day) (as|or after|or before) ({DATE})": lambda q, a, unit, how, b: (
        q.with_precision(a, how.replace("or ", "on or "), (unit, b))
    ),
    rf"({DATE}|{INTERVAL}) on or (after|before) month of ({DATE}|{INTERVAL})": Question.on_or,
    rf"({INTERVAL}) (after|before) ({DATE})": Question.beside,
    rf"({INTERVAL}) contains ({DATE})": lambda q, interval, date: q.within(date, interval),
    rf"({DATE}) in ({INTERVAL})": Question.within,
    rf"({INTERVAL}) ({'|'.join(RELATIONS)}) ({INTERVAL})": Question.related,
}
"""How each form of CQL is said; the first that fits all of an expression is taken."""
