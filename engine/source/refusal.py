"""What YAML allows and a study does not, each refused where it stands."""

from yaml.events import AliasEvent, DocumentStartEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

from engine.source.diagnostic import Diagnostics, Label
from engine.source.place import Span, whole
from engine.source.scalar import span_of
from engine.source.tree import Scalar, Tree

Where = tuple[str, Diagnostics]
"""The file that is read, and the bag for what is found in it."""


def refuse_character(text: str, offset: int, where: Where) -> None:
    """A control character, a stray byte order mark or a line break that editors do not show."""
    file, findings = where
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    findings.error(
        "unreadable-character",
        f"there is a character here that nobody can see (U+{ord(text[offset]):04X})",
        Span(file, line, column, line, column + 1),
        help="remove it, and save the file as UTF-8 text",
    )


def refuse_directives(event: DocumentStartEvent, where: Where) -> None:
    """`%YAML 1.1` would change what the words below it mean."""
    file, findings = where
    if event.version or event.tags:
        findings.error(
            "yaml-directive",
            "directives (`%`) are not read",
            whole(file),
            help="remove the lines at the start of the file that begin with `%`",
        )


def refuse_second_document(event: DocumentStartEvent, where: Where) -> None:
    file, findings = where
    findings.error(
        "several-documents",
        "a second document starts here, and only one is read from a file",
        span_of(event, file),
        help="remove the `---`, or put what follows in a file of its own",
    )


def refuse_tag_and_anchor(event: ScalarEvent | MappingStartEvent | SequenceStartEvent, where: Where) -> None:
    """Both change or share what is written, out of sight of who reads the line."""
    file, findings = where
    for code, sign, word in (("tag", "", _short(event.tag)), ("anchor", "&", event.anchor)):
        if word is not None:
            findings.error(
                f"yaml-{code}",
                f"a value cannot have a YAML {code}, and `{sign}{word}` is one",
                span_of(event, file),
                help=f"remove it; to start a text with `{sign or '!'}`, put the text in quotes",
            )


def _short(tag: str | None) -> str | None:
    return tag and tag.replace("tag:yaml.org,2002:", "!!")


def refuse_alias(event: AliasEvent, where: Where) -> None:
    file, findings = where
    findings.error(
        "yaml-alias",
        f"a value cannot stand for another, as the YAML alias `*{event.anchor}` does",
        span_of(event, file),
        help="write the value out; to start a text with `*`, put the text in quotes",
    )


def refuse_depth(at: Span, deepest: int, findings: Diagnostics) -> None:
    findings.error(
        "nested-too-deep", f"this is nested more than {deepest} deep", at, help="close the brackets"
    )


def refuse_key(name: Tree, findings: Diagnostics) -> None:
    missing = isinstance(name, Scalar)
    message = "a key is missing here" if missing else "a key must be a word or a text"
    findings.error("bad-key", message, name.at, help="write `key: value`")


def refuse_duplicate(name: Scalar, first: Scalar, findings: Diagnostics) -> None:
    findings.error(
        "duplicate-key",
        f"the key `{name.text}` stands here a second time",
        name.at,
        help="remove one of the two, or give it a name of its own",
        labels=(Label(first.at, "first defined here"),),
    )
