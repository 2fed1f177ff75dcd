"""What a change of the protocol does: two versions of a study held side by side.

`sides` puts the two under one set of names and `diff` lists what is otherwise by
meaning; `relation` asks the solver whom a changed rule lets in or out, and shows
each answer by a patient whom the reference has judged by both. `ground` says what
can answer otherwise at all; `impact` asks that of a cohort, and `review` puts it
all beside the cases.
"""
