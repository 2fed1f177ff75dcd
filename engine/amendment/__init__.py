"""What a change of rules does: which answers differ between two readings of a protocol, and for whom.

Two studies are held side by side. Whatever both say alike is read once; a rule
is asked twice of a patient only if it says something else itself, or if
something it names came out otherwise for that very patient.
"""
