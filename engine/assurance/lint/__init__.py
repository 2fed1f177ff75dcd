"""What is well formed in a study and should still be looked at.

`table` lists the lints, a row each: what it means, how to mend it, and the
function that looks. A lint says only what is certain, and a study may accept
what one says, with its reason, under `accepted` in `protocol/study.yaml`.
"""
