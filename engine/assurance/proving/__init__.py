"""What a solver says of the rules: what no patient can show, and who would show the rest.

`proofs` asks whether there is any patient at all; `patients` looks for the one
nearest to the typical, whom the reference reads before anybody sees him. Only
this room and what asks it needs the solver.
"""
