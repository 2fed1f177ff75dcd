"""How a command ended, as the shell is told."""

FINE = 0
FINDINGS = 1
"""Something was found that somebody should look at; the answers stand, and say so themselves."""
UNUSABLE = 2
"""The input could not be used, or the words of the command could not."""
FAULT = 3
"""The engine itself is at fault."""
STOPPED = 130
