"""The logical reading: core to terms that a solver can reason about for every patient at once.

A yes-or-no is a pair, certainly true and certainly false. A number or day is the
two ends it lies between, and whether it is known; numbers are integers over a
fixed denominator. A patient is a bounded history: so many records of each
variable, on exact days, with values on the variable's own steps. Operators that
are not linear stand for an unknown of which only little is said, so whatever is
proved holds of the real ones too; what is refuted is asked of the reference
before anybody sees it. Nothing here knows the other readings.
"""
