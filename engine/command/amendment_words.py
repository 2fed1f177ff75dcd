"""The words of the commands about two readings of a protocol."""

import argparse
from pathlib import Path

from engine.command.words import count_of, data, later, patients


def impact(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "before", metavar="A", help="the folder of a study, or a version or draft of the nearest"
    )
    command.add_argument("after", metavar="B", help="the same as amended: a folder, version or draft")
    patients(command)
    _jobs(command)
    help = "for the screen, or a file for programs or people (default: table)"
    command.add_argument("--format", choices=("table", "json", "csv", "html"), default="table", help=help)
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to the screen")
    command.set_defaults(run=later("impacting", "impact"))


def review(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "draft",
        metavar="DRAFT",
        help="a draft of the study, or the folder of the study as it would be amended",
    )
    data(command)
    _jobs(command)
    help = "write the page here"
    command.add_argument("--out", type=Path, metavar="FILE", required=True, help=help)
    command.set_defaults(run=later("reviewing", "review"))


def _jobs(command: argparse.ArgumentParser) -> None:
    help = "how many processes share the patients (default: one for each processor, if the data are large)"
    command.add_argument("--jobs", type=count_of("processes"), metavar="N", help=help)
