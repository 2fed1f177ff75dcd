"""What this reading cannot take is refused by name, before anything is answered."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refused(Exception):
    """An operator or selector that has no terms here, and why."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"`{self.name}` is not decided here: {self.why}"
