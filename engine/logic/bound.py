"""Of whom a proof speaks: said with every answer, also where no solver is at hand."""

RECORDS = 3
"""So many records of each variable a patient has at the most."""

BOUND = f"for up to {RECORDS} records of each variable, on exact days and with exact values"
