"""Patients made from what a study says of itself: dictionary, schedule, rules and typical patient.

A patient is made in the order of a real record, and every day and dose is an
expression of the rule language, asked of what is recorded so far. The same
seed gives the same bytes.
"""
