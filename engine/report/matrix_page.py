"""The traceability matrix as a page: each statement of the protocol with all that holds it."""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from string import Template

from engine.authoring.matrix import Row
from engine.study.linked import Study

COLUMNS = {
    "Statement": "statement",
    "The protocol says": "words",
    "Rules": "rules",
    "Parameters": "parameters",
    "Held also by": "others",
    "Cases": "cases",
}
"""The heading of each column, and the class it is laid out by."""

HELD = "held"
LACKING = "lacking"


def page(rows: Sequence[Row], study: Study, has_cases: bool) -> str:
    """One file that needs nothing else."""
    template = Template((files("engine.report") / "matrix_page.html").read_text("utf-8"))
    protocol = study.protocol
    return template.substitute(
        title=escape(protocol.title),
        about=escape(f"{protocol.id} {protocol.version}, study fingerprint {study.fingerprint[:12]}"),
        summary=_summary(rows),
        columns="".join(
            f'<th scope="col" class="{COLUMNS[name]}">{name}</th>' for name in _columns(has_cases)
        ),
        rows="\n".join(_row(row, study, has_cases) for row in rows),
    )


def _columns(has_cases: bool) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if has_cases or name != "Cases")


def _summary(rows: Sequence[Row]) -> str:
    lacking = [row for row in rows if row.lacking]
    if not lacking:
        return f"<p>All {len(rows)} statements have what they should have.</p>"
    items = "".join(
        f'<li><a href="#{escape(row.statement.id)}">{escape(row.statement.id)}</a> '
        f"has no {escape(row.lacking or '')}</li>"
        for row in lacking
    )
    return f"<p>{len(lacking)} of {len(rows)} statements lack something:</p><ul>{items}</ul>"


def _row(row: Row, study: Study, has_cases: bool) -> str:
    statement = row.statement
    lacking = f'<p class="{LACKING}">has no {escape(row.lacking)}</p>' if row.lacking else ""
    note = f'<p class="note">{escape(" ".join(statement.note.split()))}</p>' if statement.note else ""
    words = f'<p>{escape(statement.text)}</p><p class="source">{escape(statement.source)}</p>{note}'
    cells = [words, _rules(row, study), _parameters(row, study), _names(row.others)]
    cells += [_cases(row)] if has_cases else []
    named = zip(_columns(has_cases)[1:], cells, strict=True)
    shown = "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in named)
    head = f"{_breaking(statement.id)}<br><small>{statement.kind}</small>{lacking}"
    kind = LACKING if row.lacking else HELD
    return f'<tr id="{escape(statement.id)}" class="{kind}"><th scope="row">{head}</th>{shown}</tr>'


def _rules(row: Row, study: Study) -> str:
    own = _list(f"{_code(name)} {escape(study.rules[name].rule.title)}" for name in row.rules)
    return own + _folded(f"said with {_counted(len(row.uses), 'other')}", _names(row.uses))


def _parameters(row: Row, study: Study) -> str:
    own = _list(_parameter(name, study) for name in row.parameters)
    further = _list(_parameter(name, study) for name in row.further)
    return own + _folded(f"{len(row.further)} more through definitions", further)


def _parameter(name: str, study: Study) -> str:
    parameter = study.protocol.parameters[name]
    written = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    value = escape(", ".join(scalar.text for scalar in written))
    status = f'<span class="{parameter.status}">{parameter.status}</span>'
    return f"{_code(name)} = {value} {status}"


def _cases(row: Row) -> str:
    return _folded(_counted(len(row.cases), "case"), _list(map(escape, row.cases)))


def _names(names: Sequence[str]) -> str:
    return _list(map(_code, names))


def _code(name: str) -> str:
    return f"<code>{_breaking(name)}</code>"


def _breaking(name: str) -> str:
    """A long name ends its line between two of its words."""
    return escape(name).replace("_", "_<wbr>").replace(".", ".<wbr>")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _list(items: Iterable[str]) -> str:
    shown = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{shown}</ul>" if shown else ""


def _folded(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{content}</details>" if content else ""
