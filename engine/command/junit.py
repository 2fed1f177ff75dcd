"""Results of cases as JUnit XML, which is what continuous integration shows."""

from collections.abc import Callable, Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from engine.assurance.cases import about
from engine.assurance.run import Result
from engine.source.render import safe

Telling = Callable[[Result], Iterable[str]]


def junit(name: str, results: Sequence[Result], told: Telling) -> str:
    """A suite for each file of cases, in order; `told` are the lines that say why one failed."""
    whole = Element("testsuites", name=safe(name), tests=str(len(results)), failures=_failed(results))
    for file in dict.fromkeys(result.case.at.file for result in results):
        inside = [result for result in results if result.case.at.file == file]
        suite = SubElement(
            whole, "testsuite", name=safe(file), tests=str(len(inside)), failures=_failed(inside), errors="0"
        )
        for result in inside:
            _case(suite, result, told)
    indent(whole)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(whole, encoding="unicode") + "\n"


def _failed(results: Sequence[Result]) -> str:
    return str(sum(not result.passed for result in results))


def _case(suite: Element, result: Result, told: Telling) -> None:
    case = result.case
    found = SubElement(
        suite,
        "testcase",
        name=safe(case.name),
        classname=safe(about(case)),
        file=safe(case.at.file),
        line=str(case.at.line),
    )
    if not result.passed:
        failure = SubElement(found, "failure", type="case", message=safe(result.problems[0]))
        failure.text = "\n".join(map(safe, told(result)))
