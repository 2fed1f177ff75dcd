"""The house rules that a machine can keep: floors, circles, grain, and no study in the engine.

Imports are read from the syntax tree, so one inside a function or under
`TYPE_CHECKING` counts like any other.
"""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "engine"

# From the ground up. A room imports from itself and from lower floors, never from beside it: that keeps
# apart the readings of the language, which would prove nothing about each other if they shared code.
FLOORS = (
    {"version"},
    {"source"},
    {"language"},
    {"study"},
    {"timeline"},
    {"reference", "sql", "logic"},
    {"result", "invention"},
    {"assurance", "analysis", "authoring", "skeleton"},
    # What an amendment does is told in the cases of the one room and the English of the other.
    {"amendment"},
    {"report", "handbook"},
    {"tasks"},
    {"command", "web"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

STUDY_WORDS = re.compile(
    r"(?<![a-z])(lupus|sle|sledai\w*|nephritis|belimumab|telitacicept|mycophenolate|mmf|prednis\w+|proteinuria"
    r"|creatinine|e?gfr|kidney|renal|streptomycin|tubercul\w+|sputum|radiolog\w+)(?![a-z])",
    re.IGNORECASE,
)
TEXTS = {".py", ".lark", ".json", ".yaml", ".yml", ".html", ".css", ".js", ".md", ".txt", ".sql"}


def trees(*folders: Path) -> dict[Path, ast.Module]:
    """The syntax tree of every module in these folders."""
    return {path: ast.parse(path.read_bytes()) for folder in folders for path in sorted(folder.rglob("*.py"))}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.Module) -> Iterator[str]:
    """Every imported module, and `module.name` for what may be a module imported from its package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide which floor they reach"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: str) -> str | None:
    """The room of a module of the engine, None outside it."""
    house, _, rest = module.partition(".")
    return rest.partition(".")[0] if house == "engine" and rest else None


MODULES = {name_of(path): tree for path, tree in trees(ENGINE).items()}
ROOMS = {room for module in MODULES if (room := room_of(module))}
CHECKED = {**trees(ENGINE, ROOT / "tests"), ROOT / "cli.py": ast.parse((ROOT / "cli.py").read_bytes())}


def may_import(room: str, other: str) -> bool:
    return room == other or FLOOR_OF[other] < FLOOR_OF[room]


def test_every_room_has_its_floor() -> None:
    assert not ROOMS - FLOOR_OF.keys()


def test_imports_run_down() -> None:
    arrows = {
        (module, target)
        for module, tree in MODULES.items()
        for target in imports(tree)
        if (room := room_of(module)) and (other := room_of(target)) in ROOMS and not may_import(room, other)
    }
    assert not arrows


def test_no_module_is_in_an_import_circle() -> None:
    graph = {module: set(imports(tree)) & MODULES.keys() for module, tree in MODULES.items()}
    TopologicalSorter(graph).prepare()


def test_only_the_door_and_the_tests_open_the_command_line() -> None:
    folders = [ROOT / "benchmarks", ROOT / "examples", ROOT / "docs", ENGINE]
    callers = {
        name_of(path)
        for path, tree in trees(*folders).items()
        if "command" in map(room_of, imports(tree)) and ENGINE / "command" not in path.parents
    }
    assert not callers


def test_a_package_file_holds_only_its_story() -> None:
    holding_more = [
        path
        for path, tree in trees(ENGINE).items()
        if path.name == "__init__.py" and (len(tree.body) != 1 or not ast.get_docstring(tree))
    ]
    assert not holding_more


def test_no_file_is_past_its_room() -> None:
    lines = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in CHECKED}
    assert not {name: count for name, count in lines.items() if count > 320}


def test_no_function_is_past_a_screen() -> None:
    lengths = {
        f"{name_of(path)}.{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in CHECKED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {name: length for name, length in lengths.items() if length > 60}


def test_the_engine_knows_no_study() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{number}: {word.group()}"
        for path in ENGINE.rglob("*")
        if path.suffix in TEXTS
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for word in STUDY_WORDS.finditer(line)
    }
    assert not found
