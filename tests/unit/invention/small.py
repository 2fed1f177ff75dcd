"""A small study with a typical patient, in a folder of its own."""

from collections.abc import Mapping
from pathlib import Path

from engine.source.diagnostic import Diagnostics
from engine.study.linked import Study
from engine.study.load import load

FILES: Mapping[str, str] = {
    "protocol/study.yaml": """\
study: {id: small, title: A small study, version: "1.0"}
arms:
  active: {title: Active, ratio: 2}
  control: {title: Control, ratio: 1}
anchors:
  consent: {title: Consent, is: first informed_consent}
  day_1: {title: Day 1, is: first drug if known else consent}
""",
    "protocol/schedule.yaml": """\
baseline: {day: day_1, look_back: 28 days}
attendance: {variable: study_visit, attribute: visit}
visits:
  screening:
    {title: S, anchor: day_1, offset: -1 day, before: 20 days, after: 0 days, due: [pressure, weight, fit]}
  month_1: {title: M1, anchor: day_1, offset: 1 month, before: 7 days, after: 7 days, due: [pressure, weight]}
  month_2:
    {title: M2, anchor: day_1, offset: 2 months, before: 7 days, after: 7 days, due: [pressure, weight]}
""",
    "protocol/variables.yaml": """\
codelists:
  arm: {active: Active, control: Control}
  visit: {screening: S, month_1: M1, month_2: M2}
  sex: {female: Female, male: Male}
  reason: {done: Done, lost: Lost}
variables:
  birth_date: {title: Born, kind: fact, content: date, role: birth}
  sex: {title: Sex, kind: fact, content: code, codelist: sex}
  arm: {title: Arm, kind: fact, content: code, codelist: arm, role: arm}
  informed_consent: {title: Consent, kind: event, absent: no}
  assignment: {title: Randomized, kind: event, absent: no}
  study_visit: {title: Visit, kind: event, absent: no, attributes: {visit: {content: code, codelist: visit}}}
  left: {title: Left, kind: event, absent: no, attributes: {reason: {content: code, codelist: reason}}}
  pressure:
    {title: Pressure, kind: measurement, unit: mmHg, range: [40, 300], step: 1, same_day: last recorded}
  weight:
    title: Weight
    kind: measurement
    unit: kg
    range: [20, 250]
    step: 0.1
    same_day: highest
    attributes: {scale: {content: number, unit: kg, range: [0, 1]}}
  fit: {title: Fit, kind: judgement, by: investigator, absent: unknown}
  illness: {title: Illness, kind: episode, absent: no}
  drug:
    {title: D, kind: episode, absent: no, attributes: {dose: {content: number, unit: mg/d, range: [0, 90]}}}
  infusion:
    {title: I, kind: event, absent: no, attributes: {dose: {content: number, unit: mg, range: [0, 900]}}}
""",
    "protocol/parameters.yaml": """\
parameters:
  lowest_pressure: {title: Least pressure, value: 140 mmHg, source: section 5, status: registered}
""",
    "rules/eligibility.yaml": """\
inclusion:
  I1: {title: Age, text: t, source: s, require: age at consent >= 18 years}
  I2: {title: Pressure, text: t, source: s, require: last pressure up to day_1 > lowest_pressure}
  I3: {title: Fit, text: t, source: s, require: fit}
""",
    "rules/response.yaml": """\
responses:
  better:
    title: Better
    text: t
    source: s
    at_each_visit: [month_1, month_2]
    achieved_when: pressure at visit < 140 mmHg
""",
    "protocol/typical.yaml": """\
arrival: {with: informed_consent, every: 5 days, spread: 2 days}
allocation: {with: assignment}
courses:
  active: {falls: 100 %}
  control: {stays: 100 %}
facts:
  sex: {typical: female, others: {male: 40 %}}
  birth_date: {typical: consent - 50 years, spread: 9 years, known_to: {month: 10 %, year: 5 %}}
happenings:
  assignment: {on: consent + 2 days, after: screening, when: eligible}
  illness:
    chance: 60 %
    on: {typical: consent - 4 years, spread: 300 days, known_to: {month: 30 %, year: 30 %}}
    lasts: {typical: 40 days, spread: 9 days}
    ongoing: 10 %
    end_unknown: 20 %
  leaving:
    of: left
    after: screening
    when: arm is known
    chance: 20 %
    on: consent + 40 days
    with: {reason: lost}
    ends: all
  drug:
    after: screening
    when: arm is known
    on: first assignment
    steps:
      - {lasts: 2 weeks, with: {dose: 5 mg/d}}
      - {with: {dose: {typical: 10 mg/d, others: {20 mg/d: 30 %}}}}
  infusion:
    after: screening
    when: arm = active
    on: first assignment
    every: 14 days
    jitter: 1 day
    until: day_1 + 56 days
    with: {dose: 2 mg/kg * last weight up to start}
attending:
  when: arm is known
  jitter: 2 days
  missed: 5 %
  out_of_window: 5 %
  missing: 2 %
  visits:
    screening: {when: consent is known, on: consent, jitter: 0 days, missed: 0 %, missing: 0 %}
measurements:
  pressure:
    typical: 160 mmHg
    spread: 8 mmHg
    between: [145 mmHg, 200 mmHg]
    noise: 2 %
    each_month: {falls: -10 %, stays: 0 %}
  weight:
    typical: 'if sex = female then 66 kg else 80 kg'
    spread: 12 %
    with: {scale: 0.1 kg}
    other_unit: {unit: g, step: 100}
judgements:
  fit: {typical: yes}
variants:
  young: {share: 5 %, facts: {birth_date: {typical: consent - 19 years}}}
screen_failures:
  share: 15 %
  reasons:
    low_pressure:
      weight: 2
      measurements:
        pressure: {typical: 125 mmHg, spread: 5 mmHg, between: [100 mmHg, 138 mmHg]}
    not_fit: {judgements: {fit: {typical: no}}}
record_keeping: {blank: 1 %, repeated: 3 %, other_units: 30 %, boundary_values: 20 %}
""",
}


def small(folder: Path, **changed: str) -> Study | Diagnostics:
    """The study with some of its files changed; what was found where it does not load."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), "utf-8")
    findings = Diagnostics()
    return load(folder, findings) or findings


def sound(folder: Path, **changed: str) -> Study:
    found = small(folder, **changed)
    assert isinstance(found, Study), [(str(one.at), one.message) for one in found]
    return found
