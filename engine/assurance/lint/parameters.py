"""What a parameter says of itself: where it is from, why it is so, what is asked."""

from collections.abc import Iterator

from engine.assurance.lint.model import Found, Subject
from engine.study.model import Parameter

NOTHING = ("not stated", "unknown", "none", "to be stated", "tbd", "todo", "?", "-")
"""How people begin to say that they have nothing to say."""


def open_query(subject: Subject) -> Iterator[Found]:
    for parameter in subject.study.protocol.parameters.values():
        if parameter.status == "query" and not _says_nothing(parameter.query):
            question = " ".join((parameter.query or "").split())
            yield Found(parameter.name, f"`{parameter.name}`: {question}", parameter.at)


def groundless(subject: Subject) -> Iterator[Found]:
    for parameter in subject.study.protocol.parameters.values():
        message = _lacking(parameter)
        if message is not None:
            yield Found(parameter.name, message, parameter.at)


def _lacking(parameter: Parameter) -> str | None:
    name = parameter.name
    if parameter.status == "registered" and _says_nothing(parameter.source):
        return f"`{name}` is registered, and its source does not say where"
    if parameter.status == "assumed" and _says_nothing(parameter.why):
        return f"`{name}` is assumed, and nothing says why"
    if parameter.status == "query" and _says_nothing(parameter.query):
        return f"`{name}` is a query without a question"
    return None


def _says_nothing(text: str | None) -> bool:
    said = (text or "").strip().casefold().rstrip(".")
    return not said or said in NOTHING or said.startswith("not stated")
