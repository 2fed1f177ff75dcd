"""Amendments that could not be put in force as written: the place, the words, the help."""

import pytest

from tests.unit.study.small import FILES, SmallStudy

# A file of the study, what is written there otherwise, and what is then said.
EDITS = {
    "an amendment of no version": (
        ("protocol/amendments/01.yaml", "amends: 1.0", "amends: 0.9"),
        [
            "protocol/amendments/01.yaml:1 <wider> amends-another-version: "
            "`wider` amends `0.9`, and there is no such version / "
            "see whether its changes still fit, then write `amends: '1.0'`"
        ],
    ),
    "no such section to amend": (
        ("protocol/amendments/01.yaml", "parameters.window", "parametres.window"),
        [
            "protocol/amendments/01.yaml:3 <parametres.window.value> amendment-target: "
            "there is no `parametres` in this study / did you mean `parameters`?"
        ],
    ),
    "no such entry to amend": (
        ("protocol/amendments/01.yaml", "parameters.window.value", "rules.E7a.exclude_when"),
        [
            "protocol/amendments/01.yaml:3 <rules.E7a.exclude_when> amendment-target: "
            "there is no `rules.E7a` in this study / did you mean `rules.E1a`?"
        ],
    ),
    "no such key to amend": (
        ("protocol/amendments/01.yaml", "window.value", "window.valeu"),
        [
            "protocol/amendments/01.yaml:3 <parameters.window.valeu> amendment-target: "
            "there is no `parameters.window.valeu` in this study / did you mean `parameters.window.value`?"
        ],
    ),
    "more than one value to set": (
        ("protocol/amendments/01.yaml", "window.value", "window"),
        [
            "protocol/amendments/01.yaml:3 <parameters.window> amendment-target: "
            "`parameters.window` is more than one value / "
            "say which of its keys, as in `parameters.window.value`"
        ],
    ),
    "adding what is there": (
        (
            "protocol/amendments/01.yaml",
            "set: parameters.window.value, to: 10 days",
            "add: exclusion.E1, as: x",
        ),
        [
            "protocol/amendments/01.yaml:3 <exclusion.E1> amendment-target: `exclusion.E1` is there already "
            "/ "
            "to change what is there, write `set` or `replace`"
        ],
    ),
    "adding nowhere": (
        ("protocol/amendments/01.yaml", "set: parameters.window.value, to: 10 days", "add: rules.E2, as: x"),
        [
            "protocol/amendments/01.yaml:3 <rules.E2> amendment-target: `rules.E2` does not say where to add "
            "it / "
            "write section and name, as in `exclusion.E12`"
        ],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS.keys())
def test_what_is_wrong_is_said(study: SmallStudy, edit: tuple[str, str, str], expected: list[str]) -> None:
    study.edit(*edit)
    assert study.said() == expected


def test_two_amendments_of_one_id(study: SmallStudy) -> None:
    study.write("protocol/amendments/02.yaml", FILES["protocol/amendments/01.yaml"])
    assert study.said() == [
        "protocol/amendments/02.yaml:1 <wider> name-used-twice: another amendment has the id `wider` "
        "/ give each amendment an id of its own [1 <wider> first used here]"
    ]
