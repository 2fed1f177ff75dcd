"""The words of the commands that ask the solver: of two versions of a study, and of a patient's blanks."""

import argparse
from pathlib import Path

from engine.command.words import data, later, study


def _versions(command: argparse.ArgumentParser) -> None:
    help = "the earlier version: a folder with a study, or `git:REV` of this one's"
    command.add_argument("before", metavar="A", help=help)
    command.add_argument("after", metavar="B", help="the later version, named in the same way")
    command.add_argument("--rule", metavar="R", help="only this rule, with what it rests on")
    study(command)


def diff(command: argparse.ArgumentParser) -> None:
    _versions(command)
    help = "for the screen, or a file for programs or people (default: table)"
    command.add_argument("--format", choices=("table", "json", "html"), default="table", help=help)
    command.add_argument("--out", type=Path, metavar="FILE", help="write it here instead of to the screen")
    command.set_defaults(run=later("differing", "diff"))


def prove(command: argparse.ArgumentParser) -> None:
    _versions(command)
    help = "for people or for programs (default: text)"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help)
    help = "write the patients here as cases of the later version; a file that is there is left alone"
    command.add_argument("--out", type=Path, metavar="FILE", help=help)
    command.set_defaults(run=later("relating", "prove"))


def missing(command: argparse.ArgumentParser) -> None:
    data(command)
    command.add_argument("--patient", required=True, metavar="P", help="the patient's id")
    help = "for people or for programs (default: text)"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help)
    command.set_defaults(run=later("missing", "show_missing"))
