"""Verdicts as rows: what is written to files, read back and compared.

Two tables hold every answer: one row a patient, and one row a verdict with the
value that decided it, its date and its place in the input.
"""
