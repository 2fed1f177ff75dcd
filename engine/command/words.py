"""Words that many commands share, and how a command is loaded when it is run."""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from engine.command.screen import Screen
from engine.language.days import parse_when
from engine.language.values import Day


def study(command: argparse.ArgumentParser) -> None:
    help = "the study's folder (default: the nearest above this one)"
    command.add_argument("--study", type=Path, metavar="DIR", help=help)


def data(command: argparse.ArgumentParser) -> None:
    help = "a table of records, one patient in YAML, or a folder of them"
    command.add_argument("data", type=Path, metavar="DATA", help=help)
    help = "the day up to which the data are known (default: the last recorded)"
    command.add_argument("--as-of", type=day, metavar="DATE", help=help)
    study(command)


def day(text: str) -> Day:
    when = parse_when(text)
    if when is None or not isinstance(when.date, int):
        raise argparse.ArgumentTypeError(f"`{text}` is not a day; write it as 2025-03-01")
    return when.date


def later(module: str, name: str) -> Callable[[argparse.Namespace, Screen], int]:
    """A command that is loaded when it is run: no other has to wait for it."""

    def run(given: argparse.Namespace, screen: Screen) -> int:
        command = getattr(import_module(f"engine.command.{module}"), name)
        return int(command(given, screen))

    return run
