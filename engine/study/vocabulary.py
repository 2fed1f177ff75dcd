"""The study's names as the language sees them: types of variables, values of parameters."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from engine.language import syntax as s
from engine.language.literals import quantity
from engine.language.names import ParameterName, VariableName
from engine.language.parse import parse
from engine.language.types import DAY, TRUTH, Code, CodeSet, Number, Type
from engine.language.units import ONE, Unit, UnitProblem, parse_unit
from engine.source.diagnostic import Diagnostics
from engine.source.suggest import did_you_mean
from engine.source.tree import Scalar, span_in
from engine.study.model import Attribute, Parameter, Protocol, Variable

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
    if parameter.codelist is not None:
        return _of_codes(parameter, code_of(parameter.codelist, protocol.codelists), findings)
    value = parameter.value
    if isinstance(value, tuple):
        help = "say which: `codelist: NAME`"
        findings.error(
            "parameter", f"the codes of `{parameter.name}` have no codelist", parameter.at, help=help
        )
        return None
    if isinstance(value.value, bool):
        return ParameterName(parameter.name, value.value, TRUTH)
    return _of_number(parameter, value, findings)


def _of_codes(parameter: Parameter, like: Code, findings: Diagnostics) -> ParameterName | None:
    written = parameter.value if isinstance(parameter.value, tuple) else (parameter.value,)
    unknown = [scalar for scalar in written if scalar.text not in like.codes]
    for scalar in unknown:
        help = did_you_mean(scalar.text, like.codes)
        findings.error("code", f"`{scalar.text}` is not a code of `{like.codelist}`", scalar.at, help=help)
    if unknown:
        return None
    if isinstance(parameter.value, tuple):
        return ParameterName(parameter.name, frozenset(s.text for s in written), CodeSet(like))
    return ParameterName(parameter.name, written[0].text, like)


def _of_number(parameter: Parameter, scalar: Scalar, findings: Diagnostics) -> ParameterName | None:
    syntax = parse(scalar.text, lambda start, end: span_in(scalar, start, end), findings)
    if syntax is None:
        return None
    sign, number = (-1, syntax.value) if isinstance(syntax, s.Negative) else (1, syntax)
    if not isinstance(number, s.Quantity):
        help = "a number with its unit, `true`, `false`, or a code with `codelist:`"
        findings.error("parameter", f"`{scalar.text}` is not a value", scalar.at, help=help)
        return None
    read = quantity(number.number, number.unit)
    if isinstance(read, UnitProblem):
        findings.error("unit", read.message, scalar.at, help=read.help)
        return None
    return ParameterName(parameter.name, Decimal(sign) * read[0], read[1])
