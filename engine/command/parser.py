"""The words that commands are given in, and what `--help` says of them."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from engine.command import amendment_words, comparison_words, patients, verbs, words
from engine.source.suggest import did_you_mean

FORMATS = ("table", "csv", "json", "parquet")
TABLES = ("patients", "verdicts", "findings")

CLOSING = """\
a study is a folder with `protocol` and `rules`; commands find the nearest one above the working folder

exit codes: 0 fine, 1 findings, 2 the input could not be used
"""

EXAMPLES = {
    "check": "trial check --study examples/mine\n  trial check --strict --format json",
    "lint": "trial lint\n  trial lint --rule E1",
    "evaluate": "trial evaluate data\n"
    "  trial evaluate data --as-of 2025-06-30 --out results\n"
    "  trial evaluate data --compare results",
    "explain": "trial explain data --patient P003\n"
    "  trial explain data --patient P003 --rule E1\n"
    "  trial explain data --patient P003 --rule response --visit month_6",
    "test": "trial test\n  trial test --rule I6\n  trial test -k consent --watch",
    "coverage": "trial coverage\n  trial coverage --rule I6\n"
    "  trial coverage --format html --out coverage.html --fail-under 100",
    "suggest-cases": "trial suggest-cases --rule I6\n"
    "  trial suggest-cases --out rules/cases/boundaries.yaml --most 20",
    "mutate": "trial mutate\n  trial mutate --rule I6\n  trial mutate --kind window --format json",
    "fmt": "trial fmt\n  trial fmt --check\n  trial fmt rules/eligibility.yaml --diff",
    "read": "trial read I6\n  trial read complete_response --deep\n  trial read --format text > proof.txt",
    "trace-matrix": "trial trace-matrix\n  trial trace-matrix --format html --out matrix.html",
    "history": "trial history\n  trial history --format json",
    "show": "trial show I6\n  trial show I6 --version 1.0\n  trial show I6 --with my-draft",
    "missing": "trial missing data --patient P003",
    "diff": "trial diff git:HEAD .\n  trial diff old new --rule E1\n"
    "  trial diff old new --format html --out change.html",
    "prove": "trial prove git:HEAD .\n  trial prove old new --rule E1 --out cases.yaml",
    "impact": "trial impact . amended data\n"
    "  trial impact before after data --as-of 2025-06-30 --format html --out affected.html",
    "review": "trial review amended data --out review.html",
    "invent": "trial invent --patients 200 --seed 7 --out invented",
    "handbook": "trial handbook --out handbook.md",
    "schema": "trial schema eligibility\n  trial schema --out .schemas",
    "new": "trial new my-study",
}

Commands = argparse._SubParsersAction  # what `add_subparsers` gives has no public name


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    whole = argparse.ArgumentParser(
        prog="trial",
        description="A clinical-trial protocol as software.",
        epilog=CLOSING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    _check(
        _command(commands, "check", "show every error of a study and its cases at once, and what to look at")
    )
    _lint(_command(commands, "lint", "show what should be looked at in a study that is well formed"))
    _evaluate(_command(commands, "evaluate", "judge patient files by the study's rules"))
    _explain(_command(commands, "explain", "show what decided for one patient, value by value"))
    _test(_command(commands, "test", "run the study's cases: what the rules must answer, and why"))
    _coverage(_command(commands, "coverage", "show what of the rules the study's cases have shown"))
    _suggest(_command(commands, "suggest-cases", "write cases for the boundaries that no case has tried"))
    _mutate(_command(commands, "mutate", "make rules wrong by one small step and show what no case notices"))
    _fmt(_command(commands, "fmt", "put the rules in canonical form, comments and all else as it is"))
    _read(_command(commands, "read", "print rules in plain English beside the protocol's words"))
    _trace_matrix(_command(commands, "trace-matrix", "show what holds each statement of the protocol"))
    _history(_command(commands, "history", "show what each version and draft changes, and why"))
    _show(_command(commands, "show", "print a rule as it stands in a version, with its parameters"))
    comparison_words.missing(_command(commands, "missing", "show which blanks could still decide a patient"))
    comparison_words.diff(
        _command(commands, "diff", "show what is otherwise in a second version, by meaning and not by text")
    )
    comparison_words.prove(
        _command(commands, "prove", "prove whom each criterion of a second version lets in or out")
    )
    amendment_words.impact(_command(commands, "impact", "show whom a change of rules affects"))
    amendment_words.review(
        _command(commands, "review", "put all there is to know of an amendment on one page")
    )
    _invent(_command(commands, "invent", "make a seeded cohort from the study's own declarations"))
    _handbook(_command(commands, "handbook", "print the handbook of the rule language"))
    _schema(_command(commands, "schema", "write the JSON schemas that editors complete and check by"))
    _new(_command(commands, "new", "write a small study to begin with"))
    _version(_command(commands, "version", "print the engine's version and the study's"))
    return whole


def parsed(words: Sequence[str] | None) -> argparse.Namespace:
    """The words of one command; wrong ones are reported with how that command is used."""
    whole = parser()
    given, unknown = whole.parse_known_args(words)
    if unknown:
        known = [word for action in given.command._actions for word in action.option_strings]
        help = did_you_mean(unknown[0], known)
        given.command.error(f"there is no `{unknown[0]}` here" + (f"; {help}" if help else ""))
    return given


def _command(commands: "Commands[argparse.ArgumentParser]", name: str, does: str) -> argparse.ArgumentParser:
    example = EXAMPLES.get(name)
    command = commands.add_parser(
        name,
        help=does,
        description=f"{does[0].upper()}{does[1:]}.",
        epilog=example and f"for example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(command=command)
    return command


# ---------------------------------------------------------------- their commands


def _check(command: argparse.ArgumentParser) -> None:
    words.study(command)
    help = "for people or for programs (default: text)"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help)
    help = "exit with 1 if anything is warned of, too"
    command.add_argument("--strict", action="store_true", help=help)
    command.set_defaults(run=verbs.check)


def _lint(command: argparse.ArgumentParser) -> None:
    words.study(command)
    command.add_argument("--rule", metavar="R", help="only what is said of this rule, and of what it reads")
    help = "for people or for programs (default: text)"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help)
    command.set_defaults(run=words.later("linting", "lint"))


def _evaluate(command: argparse.ArgumentParser) -> None:
    words.data(command)
    help = "how to show or write the result (default: table, and csv with --out)"
    command.add_argument("--format", choices=FORMATS, default="table", help=help)
    command.add_argument(
        "--table", choices=TABLES, help="which table --format csv prints (default: patients)"
    )
    help = "write patients, verdicts, findings and run.json here"
    command.add_argument("--out", type=Path, metavar="DIR", help=help)
    help = "show whose answers differ from those that an earlier --out wrote as csv"
    command.add_argument("--compare", type=Path, metavar="DIR", help=help)
    words.versions(command)
    command.set_defaults(run=patients.evaluate)


def _explain(command: argparse.ArgumentParser) -> None:
    words.data(command)
    command.add_argument("--patient", required=True, metavar="P", help="the patient's id")
    help = "one rule, definition or anchor, with its whole tree"
    command.add_argument("--rule", metavar="R", help=help)
    command.add_argument("--visit", metavar="V", help="only what is said of this visit")
    help = "for people or for programs (default: text)"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help)
    words.versions(command)
    command.set_defaults(run=patients.explain)


def _test(command: argparse.ArgumentParser) -> None:
    words.study(command)
    command.add_argument("--rule", metavar="R", help="only the cases about this rule")
    help = "only the cases with this word in their name, rule or file"
    command.add_argument("-k", dest="word", metavar="WORD", help=help)
    command.add_argument("--watch", action="store_true", help="run again whenever a file changes")
    words.versions(command)
    help = "write the results here as JUnit XML"
    command.add_argument("--junit", type=Path, metavar="FILE", help=help)
    command.set_defaults(run=words.later("testing", "test"))


def _coverage(command: argparse.ArgumentParser) -> None:
    words.study(command)
    command.add_argument(
        "--rule", metavar="R", help="only this rule: its text with a mark under each condition"
    )
    help = "for the screen, or a file for programs or people (default: table)"
    command.add_argument("--format", choices=("table", "json", "html"), default="table", help=help)
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to the screen")
    words.quick(command)
    help = "exit with 1 if less than so much is shown, in percent"
    command.add_argument("--fail-under", type=words.percent, metavar="N", help=help)
    command.set_defaults(run=words.later("covering", "cover"))


def _suggest(command: argparse.ArgumentParser) -> None:
    words.study(command)
    command.add_argument("--rule", metavar="R", help="only the boundaries of this rule")
    help = "write the cases here instead of to the screen; a file that is there is left alone"
    command.add_argument("--out", type=Path, metavar="FILE", help=help)
    command.add_argument(
        "--most", type=words.count_of("cases"), metavar="N", help="no more cases than so many"
    )
    words.quick(command)
    command.set_defaults(run=words.later("suggesting", "suggest_cases"))


def _mutate(command: argparse.ArgumentParser) -> None:
    words.study(command)
    command.add_argument(
        "--rule", metavar="R", help="only this rule, with the parameters it reads, or this visit"
    )
    command.add_argument("--kind", metavar="K", help="only this kind of mistake, such as threshold")
    help = "for people or for programs (default: table)"
    command.add_argument("--format", choices=("table", "json"), default="table", help=help)
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to the screen")
    words.quick(command)
    help = "for so many survivors a patient is suggested who would tell them apart (default: 5)"
    command.add_argument("--patients", type=words.number, default=5, metavar="N", help=help)
    help = "be content if so many of a hundred are noticed (default: all that can be)"
    command.add_argument("--fail-under", type=words.percent, metavar="N", help=help)
    command.set_defaults(run=words.later("mutating", "mutate"))


def _fmt(command: argparse.ArgumentParser) -> None:
    help = "files of the study that hold rules (default: all of them)"
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help=help)
    words.study(command)
    help = "write nothing; exit with 1 if anything would change"
    command.add_argument("--check", action="store_true", help=help)
    command.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    command.set_defaults(run=words.later("formatting", "fmt"))


def _read(command: argparse.ArgumentParser) -> None:
    help = "one rule (default: all of them, in the order of the protocol)"
    command.add_argument("rule", nargs="?", metavar="RULE", help=help)
    words.study(command)
    help = "show all that it rests on, and not only the rules it uses itself"
    command.add_argument("--deep", action="store_true", help=help)
    words.versions(command)
    help = "side by side, one below the other, or for programs (default: table)"
    command.add_argument("--format", choices=("table", "text", "json"), default="table", help=help)
    command.set_defaults(run=words.later("reading", "read"))


def _trace_matrix(command: argparse.ArgumentParser) -> None:
    words.study(command)
    help = "for the screen, or a file for programs or people (default: table)"
    command.add_argument("--format", choices=("table", "csv", "html"), default="table", help=help)
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to the screen")
    command.set_defaults(run=words.later("tracing", "trace_matrix"))


def _history(command: argparse.ArgumentParser) -> None:
    words.study(command)
    help = "for people or for programs (default: table)"
    command.add_argument("--format", choices=("table", "json"), default="table", help=help)
    command.set_defaults(run=words.later("history", "history"))


def _show(command: argparse.ArgumentParser) -> None:
    command.add_argument("rule", metavar="RULE", help="a rule, definition, anchor, parameter or visit")
    words.study(command)
    words.versions(command)
    help = "for people or for programs (default: text)"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help)
    command.set_defaults(run=words.later("history", "show"))


def _invent(command: argparse.ArgumentParser) -> None:
    words.study(command)
    words.versions(command)
    help = "how many are screened (default: 60)"
    command.add_argument("--patients", type=words.count_of("patients"), default=60, metavar="N", help=help)
    help = "the same seed gives the same bytes (default: 1)"
    command.add_argument("--seed", type=int, default=1, metavar="S", help=help)
    help = "the day the first is screened (default: 2025-01-06)"
    command.add_argument("--start", type=words.day, metavar="DATE", help=help)
    help = "where patients.csv and records.csv go"
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help=help)
    command.set_defaults(run=verbs.invent)


def _handbook(command: argparse.ArgumentParser) -> None:
    help = "write it here instead of to the screen"
    command.add_argument("--out", type=Path, metavar="FILE", help=help)
    command.set_defaults(run=verbs.handbook)


def _schema(command: argparse.ArgumentParser) -> None:
    either = command.add_mutually_exclusive_group()
    either.add_argument("name", nargs="?", metavar="NAME", help="print this one (default: list their names)")
    either.add_argument("--out", type=Path, metavar="DIR", help="write all of them here")
    command.set_defaults(run=verbs.schema)


def _new(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")
    command.set_defaults(run=verbs.new)


def _version(command: argparse.ArgumentParser) -> None:
    words.study(command)
    command.set_defaults(run=verbs.version)
