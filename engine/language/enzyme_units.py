"""The international units of an enzyme, which laboratories write as `IU` about as often as `U`.

In general the two convert to nothing: UCUM (section 3.2) has `[iU]` as an arbitrary
unit, whose size is what the standard of each substance says, and `U` as a micromole
a minute. Of an enzyme both name the same: its international unit is the micromole
a minute (NC-IUB, Units of Enzyme Activity, Eur J Biochem 1979;97:319). That a
variable is an enzyme's activity is said by its dictionary, with a unit such as `U/L`
or `nkat/L` (and not by `mmol/d`, which may be an excretion), so there, and nowhere
else, `IU` is read as `U`. Not the other way: where the dictionary says `IU/mL`, as of
an antibody, `U/mL` is the unit of some maker's assay. Nor in rules, where the figure
can be written in the right unit.
"""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from engine.language.unit_table import BASES
from engine.language.units import Unit, factor, parse_unit

_ACTIVITY = re.compile(r"(?<![^\W\d_])[kmunp]?(?:U|kat)(?![^\W\d_])")
_EFFECT = BASES.index("international units")


def factor_of_record(recorded: Unit, declared: Unit, molar_mass: Decimal | None) -> Fraction | None:
    """What to multiply a recorded number by to have it in the unit its dictionary declares."""
    found = factor(recorded, declared, molar_mass)
    if found is None and _ACTIVITY.search(declared.symbol):
        return factor(_of_enzyme(recorded), declared)
    return found


def _of_enzyme(unit: Unit) -> Unit:
    """The unit with a micromole a minute for each international unit."""
    micromole_a_minute = parse_unit("U")
    assert isinstance(micromole_a_minute, Unit)
    n = unit.dimension[_EFFECT]
    moved = [mine + n * its for mine, its in zip(unit.dimension, micromole_a_minute.dimension, strict=True)]
    moved[_EFFECT] = 0
    return replace(unit, scale=unit.scale * micromole_a_minute.scale**n, dimension=tuple(moved))
