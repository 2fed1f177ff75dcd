"""Did you mean: the known name that a misspelt word is nearest to.

Near is a letter or two wrong, missing, added or swapped; failing that, a name
that begins with the word or shares whole parts with it (`pressure` for
`blood_pressure`). A far guess is worse than none, so none is made.
"""

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Help for an unknown word, when a known one is near."""
    name = nearest(word, known)
    return name and f"did you mean `{name}`?"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name nearest to a word, or None; the same whatever order they come in."""
    names = sorted(name for name in set(known) if name != word)
    return _misspelt(word, names) or _part(word, names)


def _misspelt(word: str, names: list[str]) -> str | None:
    written = _normal(word)
    allowed = min((len(written) + 1) // 4, 3)
    near = []
    for name in names:
        candidate = _normal(name)
        if abs(len(candidate) - len(written)) <= allowed:
            steps = distance(written, candidate)
            if steps <= allowed:
                near.append((steps, candidate[:1] != written[:1], name))
    return min(near)[-1] if near else None


def _part(word: str, names: list[str]) -> str | None:
    """A longer or shorter name for the same thing; the one with least to add comes first."""
    written = _normal(word)
    if len(written) < 3:
        return None
    related = [name for name in names if _related(written, _normal(name))]
    return min(related, key=lambda name: (abs(len(name) - len(word)), name), default=None)


def _related(written: str, name: str) -> bool:
    if name.startswith(written):
        return True
    mine, its = set(written.split("_")), set(name.split("_"))
    shared = mine & its
    return (mine <= its or its <= mine) and any(len(part) > 2 for part in shared)


def _normal(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def distance(a: str, b: str) -> int:
    """How many letters to add, drop, change or swap with the next to come from one word to the other."""
    before: list[int] = []
    above = list(range(len(b) + 1))
    for row, letter in enumerate(a, 1):
        here = [row]
        for column, other in enumerate(b, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == b[column - 2] and a[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]
