"""One cohort read for every version of a study: each by its own dictionary, none blind to what others know.

A patient of an older version may have what only a newer one lists, and the other
way round. So each dictionary is completed from the others, its own entries first;
mostly all come out alike, and the files are read once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.study.linked import Study
from engine.study.model import Variable
from engine.study.versions import History
from engine.timeline.dictionary import dictionary_of
from engine.timeline.model import Timeline
from engine.timeline.read import Cohort, read_cohort

Codelists = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """A cohort as the newest version reads it, and the patients as each version does, by its name."""

    newest: Cohort
    timelines: Mapping[str, Mapping[str, Timeline]]

    def of(self, patient: str) -> Mapping[str, Timeline]:
        """One patient, as each version reads their records."""
        return {version: found[patient] for version, found in self.timelines.items() if patient in found}


def read_for(history: History, data: Path) -> Cohorts:
    """The files at a path, read for every version."""
    studies = [version.study for version in reversed(history.versions)]
    read: list[tuple[tuple[Mapping[str, Variable], Codelists], Cohort]] = []
    timelines: dict[str, Mapping[str, Timeline]] = {}
    for study in studies:
        words = _completed(study, studies)
        cohort = next((cohort for known, cohort in read if known == words), None)
        if cohort is None:
            cohort = read_cohort(data, dictionary_of(*words))
            read.append((words, cohort))
        timelines[study.protocol.version] = {one.patient: one for one in cohort.timelines}
    return Cohorts(_with_findings_of_all([cohort for _, cohort in read]), timelines)


def _completed(study: Study, others: list[Study]) -> tuple[Mapping[str, Variable], Codelists]:
    """Variables and codes of all versions; where two say something else of one, what this one says."""
    variables: dict[str, Variable] = dict(study.protocol.variables)
    codelists = {name: dict(codes) for name, codes in study.protocol.codelists.items()}
    for other in others:
        for name, variable in other.protocol.variables.items():
            variables[name] = _joined(variables.get(name, variable), variable)
        for name, codes in other.protocol.codelists.items():
            codelists[name] = {**codes, **codelists.get(name, {})}
    return variables, codelists


def _joined(own: Variable, other: Variable) -> Variable:
    further = other.attributes.keys() - own.attributes.keys()
    if own.kind != other.kind or not further:
        return own
    return replace(own, attributes={**own.attributes, **{name: other.attributes[name] for name in further}})


def _with_findings_of_all(cohorts: list[Cohort]) -> Cohort:
    newest = cohorts[0]
    findings = dict.fromkeys(finding for cohort in cohorts for finding in cohort.findings)
    counted = {code: most for cohort in reversed(cohorts) for code, most in cohort.counted.items()}
    return newest if len(cohorts) == 1 else replace(newest, findings=tuple(findings), counted=counted)
