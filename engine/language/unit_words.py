"""Units in words: `mg/kg/d` is "milligrams per kilogram per day"."""

import re

from engine.language.unit_table import SURFACE

PREFIXES = {
    "k": "kilo", "d": "deci", "c": "centi", "m": "milli",
    "u": "micro", "n": "nano", "p": "pico", "f": "femto",
}  # fmt: skip

# One of a thing, with what prefixes it takes; what has its plural elsewhere than at the end says both.
ATOMS = {
    "g": ("gram", "kmunpf"), "m": ("metre", "kdcmun"), "L": ("litre", "dcmunpf"), "mol": ("mole", "kmunpf"),
    "U": ("unit of enzyme activity|units of enzyme activity", "kmu"), "kat": ("katal", "munp"),
    "IU": ("international unit", "kmu"), "s": ("second", "m"), "min": ("minute", ""), "h": ("hour", ""),
    "hour": ("hour", ""), "hours": ("hour", ""), "d": ("day", ""), "day": ("day", ""), "days": ("day", ""),
    "wk": ("week", ""), "week": ("week", ""), "weeks": ("week", ""),
    "mo": ("month", ""), "month": ("month", ""), "months": ("month", ""),
    "a": ("year", ""), "year": ("year", ""), "years": ("year", ""),
    "Cel": ("degree Celsius|degrees Celsius", ""), "°C": ("degree Celsius|degrees Celsius", ""),
    "mmHg": ("millimetre of mercury|millimetres of mercury", ""), "HPF": ("high-power field", ""),
    "cells": ("cell", ""), "copies": ("copy|copies", ""), "RBC": ("red cell", ""), "WBC": ("white cell", ""),
    SURFACE: ("1.73 square metres of body surface|1.73 square metres of body surface", ""),
    "%": ("per cent|per cent", ""),
}  # fmt: skip

POWERS = {"2": "square ", "3": "cubic "}
TENS = {"3": "thousand", "6": "million", "9": "billion (10^9)", "12": "trillion (10^12)"}
_TEN = re.compile(r"x?10[\^*](-?\d+)")
_POWERED = re.compile(r"(?P<atom>\D+?)\^?(?P<power>[23])")


def in_words(symbol: str) -> str | None:
    """A unit's symbol in words; None where a part of it has none here."""
    above, *below = symbol.split("/")
    first = [_factors(above, True)] if above else [""]
    words = [*first, *(_factors(part, False) for part in below)]
    return None if None in words else " per ".join(map(str, words)).strip()


def _factors(text: str, many: bool) -> str | None:
    if text in ATOMS:
        return _atom(text, many)
    words = [_factor(part, many) for part in text.split(".")]
    return None if None in words else " times ".join(map(str, words))


def _factor(text: str, many: bool) -> str | None:
    ten = _TEN.fullmatch(text)
    if ten:
        return TENS.get(ten[1], f"10^{ten[1]}")
    powered = _POWERED.fullmatch(text)
    if text not in ATOMS and powered:
        atom = _atom(powered["atom"], many)
        return None if atom is None else POWERS[powered["power"]] + atom
    return _atom(text, many)


def _atom(text: str, many: bool) -> str | None:
    if text in ATOMS:
        return _number(ATOMS[text][0], many)
    prefix, atom = text[:1], text[1:]
    if atom in ATOMS and prefix and prefix in ATOMS[atom][1]:
        return PREFIXES[prefix] + _number(ATOMS[atom][0], many)
    return None


def _number(word: str, many: bool) -> str:
    one, _, several = word.partition("|")
    return (several or f"{one}s") if many else one
