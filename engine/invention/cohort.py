"""A cohort: patients one after the other, their arms in blocks, some of them at a figure of the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from engine.invention.chance import Drawn, Usual
from engine.invention.figures import Age, Figure, ages_of, figures_of
from engine.invention.measure import Exactly
from engine.invention.patient import Patient
from engine.invention.reach import Reach, reach_of
from engine.invention.story import BornExactly, Story
from engine.language.values import Day
from engine.study.linked import Study
from engine.study.model import Arm
from engine.study.typical import Content, Typical, Variant
from engine.timeline.model import Timeline

AGES_AMONG_FIGURES = 0.15
STEPS = (-1, 0, 1)


@dataclass(slots=True)
class Blocks:
    """Arms by their ratio, in blocks in random order."""

    arms: Sequence[Arm]
    random: Random
    left: list[str] = field(default_factory=list)

    def next(self) -> str | None:
        if not self.left:
            self.left = [arm.code for arm in self.arms for _ in range(arm.ratio)]
            self.random.shuffle(self.left)
        return self.left.pop() if self.left else None


@dataclass(frozen=True, slots=True)
class Same:
    """The same arm for everybody."""

    arm: str | None

    def next(self) -> str | None:
        return self.arm


@dataclass(frozen=True, slots=True)
class Inventor:
    """Makes the patients of one study; what the rules say is looked up once."""

    study: Study
    typical: Typical
    reach: Reach
    figures: tuple[Figure, ...]
    ages: tuple[Age, ...]

    def cohort(self, patients: int, seed: int, start: Day) -> Iterator[Patient]:
        """Patients in the order they arrive. Each has a stream of chance of its own."""
        arms = Blocks(self.study.protocol.arms, Random(f"{seed} arms"))
        arrivals = Random(f"{seed} arrivals")
        arrival, width = start, max(3, len(str(patients)))
        for number in range(1, patients + 1):
            random = Random(f"{seed} {number}")
            yield self.one(
                Patient(self.study, self.typical, f"P{number:0{width}d}", arrival, Drawn(random), self.reach),
                arms,
            )
            away = arrivals.gauss(self.typical.every, self.typical.every_spread)
            arrival = Day(arrival + max(0, round(away)))

    def one(self, patient: Patient, arms: Blocks) -> Patient:
        assert isinstance(patient.chance, Drawn)
        random, keeping = patient.chance.random, self.typical.keeping
        content = self.content(random)
        patient.other_units = patient.chance.happens(keeping.other_units)
        story = Story(patient, content, arms)
        if patient.chance.happens(keeping.boundary_values):
            if self.ages and random.random() < AGES_AMONG_FIGURES:
                story.born = self.birthday(random)
            else:
                story.exactly = self.exactly(random, content)
        return story.tell()

    def content(self, random: Random) -> Content:
        """What is recorded of a patient: of one who fails screening, of a variant, or of the usual kind."""
        if random.random() < self.typical.screen_failures:
            return self.typical.content.with_variant(_weighted(random, self.typical.reasons).content)
        drawn = random.random()
        for variant in self.typical.variants:
            drawn -= variant.weight
            if drawn < 0:
                return self.typical.content.with_variant(variant.content)
        return self.typical.content

    def exactly(self, random: Random, content: Content) -> Exactly | None:
        """A value at, just below or just above one of the figures, at a visit where it is taken."""
        taken = [one for one in self.figures if one.variable in content.measurements]
        if not taken:
            return None
        variables = sorted({one.variable for one in taken})
        variable = random.choice(variables)
        figure = random.choice([one for one in taken if one.variable == variable])
        visits = content.measurements[variable].visits
        visit = visits[0] if figure.decides else random.choice(visits)
        return Exactly(variable, visit, figure.value, random.choice(STEPS))

    def birthday(self, random: Random) -> BornExactly:
        """A birthday on the day itself, or a day to either side; the year's first or its last."""
        age = random.choice(self.ages)
        return BornExactly(age.variable, age.day, age.years + random.choice((0, 1)), random.choice(STEPS))

    def usual(self, start: Day, arm: str | None) -> Timeline:
        """The typical patient, in an arm."""
        patient = Patient(self.study, self.typical, "typical", start, Usual(), self.reach)
        return Story(patient, self.typical.content, Same(arm)).tell().finished()


def _weighted(random: Random, variants: Sequence[Variant]) -> Variant:
    return random.choices(variants, [one.weight for one in variants])[0]


def inventor(study: Study, typical: Typical) -> Inventor:
    return Inventor(study, typical, reach_of(study.program), figures_of(study), ages_of(study))


def typical_patient(study: Study, start: Day, arm: str | None = None) -> Timeline | None:
    """A patient who has nothing unusual, in the given arm or the first; None where the study has none."""
    if study.typical is None:
        return None
    arms = study.protocol.arms
    return inventor(study, study.typical).usual(start, arm or (arms[0].code if arms else None))
