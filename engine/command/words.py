"""Words that several commands share, and what may be written for them."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path

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


def count_of(what: str) -> Callable[[str], int]:
    def count(text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text)):
            raise argparse.ArgumentTypeError(f"`{text}` is not a number of {what}")
        return int(text)

    return count


def number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number")
    return int(text)


def quick(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quick", action="store_true", help="leave out what takes a proof")


def percent(text: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", text, re.ASCII) or float(text) > 100:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 0 to 100")
    return float(text)
