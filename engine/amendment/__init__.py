"""What a change of the protocol does: two versions of a study held side by side, by meaning.

`opening` takes what a person names to a study; `pair` puts two of them under one
set of names; `diff` lists what is otherwise; `relation` asks the solver whom a
changed rule lets in or out, and shows each answer by a patient whom the
reference has judged by both.
"""
