"""What of the rules the cases have shown.

`expressions` says what there is to show: each rule's answers, and of each condition in it the answers it
gave and whether it ever decided. `watching` reads that off the log of the one interpreter, `flips` asks it
again with a condition the other way round, `unreachable` proves what no case can show, and `result` counts.
"""
