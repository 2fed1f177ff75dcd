"""The tables that units are read from: bases, prefixes, atoms and spellings.

Only data stands here; `units` reads it. A new unit is a row of `ATOMS`.
"""

from fractions import Fraction

Dimension = tuple[int, ...]
"""An exponent for each of `BASES`."""

# Bases that must never be mixed are apart even where physics would join them:
# months are no number of days, and 1.73 m2 of body surface is no area.
BASES = (
    "mass",
    "length",
    "time",
    "amount",
    "temperature",
    "calendar time",
    "international units",
    "pressure",
    "body surface",
    "high-power field",
)


def dimension(**exponents: int) -> Dimension:
    """The dimension with these exponents: `dimension(mass=1, time=-1)`."""
    names = [base.replace(" ", "_").replace("-", "_") for base in BASES]
    assert exponents.keys() <= set(names)
    return tuple(exponents.get(name, 0) for name in names)


NO_DIMENSION = dimension()

PREFIXES = {
    "k": Fraction(1000),
    "d": Fraction(1, 10),
    "c": Fraction(1, 100),
    "m": Fraction(1, 10**3),
    "u": Fraction(1, 10**6),
    "n": Fraction(1, 10**9),
    "p": Fraction(1, 10**12),
    "f": Fraction(1, 10**15),
}

SURFACE = "1.73m2"
_MINUTE = Fraction(1, 24 * 60)

# Spellings, the prefixes they may take, scale, dimension. Case is that of
# UCUM; `l` for litre is the one other case that is common and safe.
ATOMS = (
    ("g", "kmunpf", Fraction(1), dimension(mass=1)),
    ("mcg", "", PREFIXES["u"], dimension(mass=1)),
    ("m", "kdcmun", Fraction(1), dimension(length=1)),
    ("L l", "dcmunpf", Fraction(1, 1000), dimension(length=3)),
    ("mol", "kmunpf", Fraction(1), dimension(amount=1)),
    ("U", "kmu", PREFIXES["u"] / _MINUTE, dimension(amount=1, time=-1)),
    ("kat", "munp", Fraction(24 * 3600), dimension(amount=1, time=-1)),
    ("IU [IU] [iU]", "kmu", Fraction(1), dimension(international_units=1)),
    ("s", "m", _MINUTE / 60, dimension(time=1)),
    ("min", "", _MINUTE, dimension(time=1)),
    ("h hour hours", "", Fraction(1, 24), dimension(time=1)),
    ("d day days", "", Fraction(1), dimension(time=1)),
    ("wk week weeks", "", Fraction(7), dimension(time=1)),
    ("mo month months", "", Fraction(1), dimension(calendar_time=1)),
    ("a year years", "", Fraction(12), dimension(calendar_time=1)),
    ("Cel °C", "", Fraction(1), dimension(temperature=1)),
    ("mmHg mm[Hg]", "", Fraction(1), dimension(pressure=1)),
    (SURFACE, "", Fraction(1), dimension(body_surface=1)),
    ("HPF hpf [HPF]", "", Fraction(1), dimension(high_power_field=1)),
    ("%", "", Fraction(1, 100), NO_DIMENSION),
    ("cells RBC WBC copies", "", Fraction(1), NO_DIMENSION),
)

# How an atom is shown that is written otherwise.
SHOWN = {
    "l": "L",
    "mcg": "ug",
    "[IU]": "IU",
    "[iU]": "IU",
    "mm[Hg]": "mmHg",
    "hpf": "HPF",
    "[HPF]": "HPF",
}

# Spellings that mean something only as a whole.
SYNONYMS = {"C": "Cel", "GI/L": "10^9/L"} | {
    f"{thousand}/{volume}": "10^3/uL" for thousand in ("K", "THOU") for volume in ("uL", "ul", "mm3", "cumm")
}
