"""The words of the commands about two readings of a protocol."""

import argparse
from pathlib import Path

from engine.command.words import later, of_data, of_patients


def impact(command: argparse.ArgumentParser) -> None:
    command.add_argument("before", metavar="A", help="the folder of a study")
    command.add_argument("after", metavar="B", help="the folder of the same study as amended")
    of_patients(command)
    help = "for the screen, or a file for programs or people (default: table)"
    command.add_argument("--format", choices=("table", "json", "csv", "html"), default="table", help=help)
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to the screen")
    command.set_defaults(run=later("impacting", "impact"))


def review(command: argparse.ArgumentParser) -> None:
    command.add_argument("draft", metavar="DRAFT", help="the folder of the study as it would be amended")
    of_data(command)
    help = "write the page here"
    command.add_argument("--out", type=Path, metavar="FILE", required=True, help=help)
    command.set_defaults(run=later("reviewing", "review"))
