"""Words that many commands share, and how a command is loaded when it is run."""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from engine.command.screen import Screen


def study(command: argparse.ArgumentParser) -> None:
    help = "the study's folder (default: the nearest above this one)"
    command.add_argument("--study", type=Path, metavar="DIR", help=help)


def later(module: str, name: str) -> Callable[[argparse.Namespace, Screen], int]:
    """A command that is loaded when it is run: no other has to wait for it."""

    def run(given: argparse.Namespace, screen: Screen) -> int:
        command = getattr(import_module(f"engine.command.{module}"), name)
        return int(command(given, screen))

    return run
