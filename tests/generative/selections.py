"""Selections that load: a selector, a series it can take, and narrowings of it."""

from collections.abc import Callable

from engine.language import syntax as s
from tests.generative.author import Author
from tests.generative.namespace import AT_VISITS, CODES, LITERALS, NUMBER_RULES, SERIES, SPANS, TRUTH_RULES

Leaf = Callable[[], s.Syntax]
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
OF_NUMBERS = ("first", "last", "highest", "lowest", "mean", "median", "total")
OF_DAYS = ("first", "last", "highest", "lowest")
FORMS: tuple[s.PeriodForm, ...] = ("before", "up to", "after", "from", "from to", "on")
MEASURED: tuple[s.PeriodForm, ...] = ("before", "up to", "after", "from")
NAMED_DAYS = ("entry", "enrolled", "crossing", "quarter", "as_of", "baseline", "week_2", "month_1", "month_2")
DATES = ("2024-02-14", "2024-02-29", "2024-03-31", "2023-12-31")


# ----------------------------------------------------------------- narrowings


def select(author: Author, selector: str, thing: s.Name | s.Attribute) -> s.Selection:
    """The selection with or without a filter and a period."""
    variable = variable_of(thing)
    narrow = variable in SERIES and author.ripe > 0 and author.once_in(4)
    where = author.selecting(variable).write["truth"](author.selecting(variable)) if narrow else None
    return s.Selection(selector, thing, where, None if author.once_in(3) else period(author))


def having(author: Author, selector: str, variable: str, kind: str) -> s.Selection:
    """What is said of, or worked out from, each record as a whole."""
    chosen = select(author, selector, s.Name(variable))
    inner = author.selecting(variable)
    return s.Selection(selector, chosen.thing, chosen.where, chosen.period, inner.write[kind](inner))


def period(author: Author) -> s.Period:
    if author.once_in(2):
        length = s.Name(author.pick(("look_back", "season"))) if author.once_in(4) else span(author)
        return s.Period(author.pick(MEASURED), moment(author), length=length)
    form = author.pick(FORMS)
    return s.Period(form, moment(author), moment(author) if form == "from to" else None)


def span(author: Author) -> s.Quantity:
    number, unit = author.pick(SPANS).split()
    return s.Quantity(number, unit)


def moment(author: Author) -> s.Syntax:
    """The day of a period."""
    field = author.field("day") if author.once_in(3) else None
    if field is not None:
        return field
    return author.more("day") if author.ripe > 0 and author.once_in(4) else named_day(author)


def named_day(author: Author) -> s.Name | s.DateLiteral:
    if author.once_in(3):
        return s.DateLiteral(author.pick(DATES))
    return s.Name(author.pick((*NAMED_DAYS, "visit") if author.is_at_visit else NAMED_DAYS))


def visit(author: Author, visits: tuple[str, ...] = CODES["visit"]) -> s.Name:
    return s.Name(
        author.pick((*visits, "baseline", "visit") if author.is_at_visit else (*visits, "baseline"))
    )


def things(author: Author, measure: str) -> list[s.Name | s.Attribute]:
    """Every series of a measure: variables by their value, and attributes."""
    named = [(name, each, of) for name in SERIES for each, of in SERIES[name].attributes.items()]
    own: list[s.Name | s.Attribute] = [s.Name(name) for name, one in SERIES.items() if one.value == measure]
    found = own + [s.Attribute(name, each) for name, each, of in named if of == measure]
    return [thing for thing in found if variable_of(thing) in author.about] or found


def variable_of(thing: s.Name | s.Attribute) -> str:
    return thing.of if isinstance(thing, s.Attribute) else thing.name


# ------------------------------------------------------------------ any, every


def quantified(author: Author) -> s.Syntax:
    """`any`, `no` and `every`, of records and of visits; a judgement's first and last answer."""
    leaves: list[Leaf] = [
        lambda: select(author, author.pick(("any", "no")), s.Name(author.pick(author.about))),
        lambda: select(
            author, author.pick(("any", "no", "every")), s.Name(author.pick(author.some(("fit", "unfit"))))
        ),
        lambda: select(
            author, author.pick(("first", "last")), s.Name(author.pick(author.some(("fit", "unfit"))))
        ),
        lambda: select(author, author.pick(("any", "no", "every")), s.Name(author.pick(TRUTH_RULES))),
        lambda: select(author, "any", s.Attribute("infection", "severe")),
        lambda: compared(author),
        lambda: compared(author),
        lambda: chosen_codes(author),
        lambda: s.At(s.Name(author.pick(author.some(("fit", "unfit")))), visit(author)),
    ]
    if author.ripe > 0:
        selector = author.pick(("any", "no", "every", "last"))
        leaves.append(lambda: having(author, selector, author.pick(author.about), "truth"))
    return author.pick(leaves)()


def compared(author: Author) -> s.Syntax:
    """The comparison of a quantified series, which is of each record."""
    measure = author.pick(LITERALS)
    choices = things(author, measure) or things(author, "mass per time")
    if not author.is_steady:
        choices += [s.Name(rule) for rule, of in NUMBER_RULES.items() if of == measure]
    measure = measure if things(author, measure) else "mass per time"
    chosen = select(author, author.pick(("any", "no", "every")), author.pick(choices))
    literals = [s.Quantity(*literal) for literal in LITERALS[measure]]
    if author.once_in(3):
        return s.Between(chosen, author.pick(literals), author.pick(literals))
    return s.Compare(author.pick(SIGNS), chosen, author.pick(literals))


def chosen_codes(author: Author) -> s.Syntax:
    chosen = select(author, author.pick(("any", "no", "every")), s.Attribute("biopsy", "class"))
    codes = s.Codes(tuple(s.CodeLiteral(author.pick(CODES["class"])) for _ in range(2)))
    among = s.Name("proliferative") if author.once_in(2) else codes
    return s.Member(chosen, among, author.once_in(3))


# ------------------------------------------------------------------ one value


def of_numbers(author: Author, dimension: str) -> s.Syntax:
    choices = things(author, dimension)
    leaves: list[Leaf] = []
    if choices:
        leaves += [lambda: select(author, author.pick(OF_NUMBERS), author.pick(choices))] * 3
        at = [each for each in choices if each != s.Attribute("steroid", "dose")] or choices
        leaves.append(lambda: s.At(author.pick(at), visit(author)))
    if dimension == "mass per time":
        leaves.append(lambda: s.At(s.Attribute("steroid", "dose"), visit(author)))
    if dimension == "plain":
        counted = (*author.about, *TRUTH_RULES)
        leaves += [lambda: select(author, "number of", s.Name(author.pick(counted)))] * 2
    if author.ripe > 0:
        leaves.append(lambda: having(author, author.pick(OF_NUMBERS), author.pick(author.about), dimension))
    if dimension in NUMBER_RULES.values() and not author.is_steady:
        rules = [rule for rule, of in NUMBER_RULES.items() if of == dimension]
        selectors = (*OF_NUMBERS, "number of") if dimension == "plain" else OF_NUMBERS
        leaves.append(lambda: select(author, author.pick(selectors), s.Name(author.pick(rules))))
    return author.pick(leaves)() if leaves else s.Quantity(*author.pick(LITERALS[dimension]))


def of_days(author: Author) -> s.Syntax:
    bare = (*author.some(("attended", "biopsy", "infection", "steroid", "rest")), *TRUTH_RULES)
    starts = [s.Attribute(name, "start") for name in author.about]
    ends = [s.Attribute(name, "end") for name in author.some(("steroid", "rest"))]
    days = [*starts, *ends, s.Attribute("steroid", "seen")]
    leaves: list[Leaf] = [
        lambda: select(author, author.pick(("first", "last")), s.Name(author.pick(bare))),
        lambda: select(author, author.pick(OF_DAYS), author.pick(days)),
    ]
    if author.ripe > 0:
        leaves.append(lambda: having(author, author.pick(OF_DAYS), author.pick(author.about), "day"))
    return author.pick(leaves)()


def of_codes(author: Author) -> s.Syntax:
    if author.once_in(4):
        return s.At(s.Attribute("biopsy", "class"), visit(author))
    return select(author, author.pick(("first", "last")), s.Attribute("biopsy", "class"))


def rule_at_visit(author: Author, rule: str) -> s.At:
    """A rule of visits where it is asked; at the current visit only if it is asked at every one."""
    visits = AT_VISITS[rule]
    everywhere = author.is_at_visit and visits == CODES["visit"]
    return s.At(s.Name(rule), s.Name(author.pick((*visits, "visit") if everywhere else visits)))
