"""Runs every bench and writes what came of it into README.md: `python -m benchmarks.run [NAME ..]`.

It fails where a goal is missed. A new bench is a module with a `bench` that
gives lines of the report, and a row in BENCHES.
"""

import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks import impact, reading, startup
from benchmarks.measure import Measured

ROOT = Path(__file__).parents[1]
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"

Bench = Callable[[Path], Iterator[Measured]]

BENCHES: Mapping[str, Bench] = {
    "reading": reading.bench,
    "startup": startup.bench,
    "impact": impact.bench,
}


def main(names: Iterable[str]) -> int:
    """The benches of these names, or all; only all of them together go into the README."""
    wanted = tuple(names) or tuple(BENCHES)
    found = {name: tuple(BENCHES[name](ROOT)) for name in wanted}
    table = "\n".join(report(found))
    print(table)
    if wanted == tuple(BENCHES):
        README.write_text(with_report(README.read_text("utf-8"), table), "utf-8")
    return 0 if all(line.holds for lines in found.values() for line in lines) else 1


def report(found: Mapping[str, Iterable[Measured]]) -> Iterator[str]:
    """A table in Markdown, under what it was measured on."""
    yield machine()
    yield ""
    yield "| bench | what | measured | goal |"
    yield "|---|---|---|---|"
    for name, lines in found.items():
        yield from (
            f"| {name} | {line.what} | {line.value:.2f} {line.unit} | {goal(line)} |" for line in lines
        )


def goal(line: Measured) -> str:
    if line.goal is None:
        return ""
    return f"at most {line.goal:g}" if line.holds else f"at most {line.goal:g}: **missed**"


def machine() -> str:
    """What kind of machine, and which Python."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{processor()}, {platform.system()} on {platform.machine()}, {python}."


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "an unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.processor()


def with_report(text: str, table: str) -> str:
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
