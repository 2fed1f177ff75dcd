"""For those who write and proof-read a protocol: its rules in one form, in English, held to its words.

`reprint` puts a file's expressions in canonical form, `formatting` does so with
a study's files and sees that no rule means anything else. `reading` is a rule in
English beside the protocol's words, and `matrix` each statement of the protocol
with all that holds it.
"""
