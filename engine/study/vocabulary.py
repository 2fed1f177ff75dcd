"""The study's names as the language sees them: types of variables, values of parameters."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from engine.language import syntax as s
from engine.language.apply import said
from engine.language.checker import meant
from engine.language.literals import quantity
from engine.language.names import ParameterName, VariableName
from engine.language.parse import parse
from engine.language.types import DAY, TRUTH, Code, CodeSet, Number, Type
from engine.language.units import DAY_UNIT, MONTH_UNIT, ONE, Unit, UnitProblem, parse_unit
from engine.source.diagnostic import Diagnostics
from engine.source.place import Span
from engine.source.tree import Scalar, span_in
from engine.study.model import Attribute, Parameter, Protocol, Variable

LENGTHS_OF_TIME = {DAY_UNIT.dimension, MONTH_UNIT.dimension}

Codelists = Mapping[str, Mapping[str, str]]


def variable_name(variable: Variable, codelists: Codelists) -> VariableName:
    value = None if variable.value is None else type_of(variable.value, codelists)
    if isinstance(value, Number):
        value = replace(value, molar_mass=variable.molar_mass)
    attributes = {name: type_of(attribute, codelists) for name, attribute in variable.attributes.items()}
    return VariableName(variable.name, variable.kind, value, attributes, variable.absent)


def type_of(attribute: Attribute, codelists: Codelists) -> Type:
    match attribute.content:
        case "yes_no":
            return TRUTH
        case "date":
            return DAY
        case "code":
            return code_of(attribute.codelist or "", codelists)
        case "number":
            return Number(_unit(attribute.unit))


def code_of(name: str, codelists: Codelists) -> Code:
    return Code(name, tuple(codelists.get(name, ())))


def _unit(text: str | None) -> Unit:
    """A dictionary's unit; one that does not parse was reported where it was read."""
    unit = ONE if text is None else parse_unit(text)
    return ONE if isinstance(unit, UnitProblem) else unit


def parameter_name(parameter: Parameter, protocol: Protocol, findings: Diagnostics) -> ParameterName | None:
    """A parameter's value and type; None, with a finding, where its value does not read."""
    named = _named(parameter, protocol, findings)
    for alternative in parameter.alternatives:
        other = _named(replace(parameter, value=alternative.value), protocol, findings)
        if named and other and not _alike(named.type, other.type):
            _report_other_kind((named, other), _first(alternative.value), findings)
    return named


def _named(parameter: Parameter, protocol: Protocol, findings: Diagnostics) -> ParameterName | None:
    value = parameter.value
    if parameter.codelist is not None and parameter.codelist in protocol.codelists:
        return _of_codes(parameter, code_of(parameter.codelist, protocol.codelists), findings)
    if isinstance(value, tuple) or parameter.codelist is not None:
        return None  # no codelist, or an unknown one: that was said when the files were read
    if isinstance(value.value, bool):
        return ParameterName(parameter.name, value.value, TRUTH)
    return _of_number(parameter, value, (protocol.codelists, findings))


def _alike(one: Type, other: Type) -> bool:
    """Whether one can stand where the other does; a date moves by days as well as by months."""
    if isinstance(one, Number) and isinstance(other, Number):
        dimensions = {one.unit.dimension, other.unit.dimension}
        return len(dimensions) == 1 or dimensions == LENGTHS_OF_TIME
    return one == other


def _report_other_kind(pair: tuple[ParameterName, ParameterName], at: Span, findings: Diagnostics) -> None:
    named, other = pair
    message = f"`{named.name}` is {said(named.type)}, and this alternative {said(other.type)}"
    findings.error("parameter", message, at, help="an alternative must fit where the value stands")


def _first(value: Scalar | tuple[Scalar, ...]) -> Span:
    return value[0].at if isinstance(value, tuple) else value.at


def _of_codes(parameter: Parameter, like: Code, findings: Diagnostics) -> ParameterName | None:
    written = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    unknown = [scalar for scalar in written if scalar.text not in like.codes]
    for scalar in unknown:
        message = f"`{scalar.text}` is not a code of `{like.codelist}`"
        findings.error("code", message, scalar.at, help=meant(scalar.text, like.codes))
    if unknown:
        return None
    if isinstance(parameter.value, tuple):
        return ParameterName(parameter.name, frozenset(s.text for s in written), CodeSet(like))
    return ParameterName(parameter.name, written[0].text, like)


def _of_number(
    parameter: Parameter, scalar: Scalar, where: tuple[Codelists, Diagnostics]
) -> ParameterName | None:
    codelists, findings = where
    syntax = parse(scalar.text, lambda start, end: scalar.at, Diagnostics())
    sign, number = (-1, syntax.value) if isinstance(syntax, s.Negative) else (1, syntax)
    if not isinstance(number, s.Quantity):
        message, help = f"`{_short(scalar.text)}` is not a value", _help_on(scalar.text, codelists)
        findings.error("parameter", message, scalar.at, help=help)
        return None
    read = quantity(number.number, number.unit)
    if isinstance(read, UnitProblem):
        findings.error("unit", read.message, _unit_at(scalar, number.unit or ""), help=read.help)
        return None
    return ParameterName(parameter.name, Decimal(sign) * read[0], read[1])


def _unit_at(scalar: Scalar, unit: str) -> Span:
    return span_in(scalar, scalar.text.rfind(unit), len(scalar.text.rstrip()))


def _short(text: str) -> str:
    line = text.strip().split("\n")[0]
    return line if len(line) <= 40 else f"{line[:40].rstrip()} .."


def _help_on(text: str, codelists: Codelists) -> str:
    codelist = next((name for name, codes in codelists.items() if text in codes), None)
    if codelist:
        return f"it is a code: add `codelist: {codelist}`"
    if re.match(r"\d+,\d", text):
        return "decimals are written with a point: `1.5`"
    return "write a number with its unit, `true`, `false`, or a code with `codelist`"
