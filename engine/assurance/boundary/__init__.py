"""Where a rule's answer turns, and which of those places the cases have tried.

A comparison turns at its limit, a period at its first and last day. Both are
read off the typed core; what has been tried is read off the log of the one
interpreter, and what has not is looked for near patients that are there.
"""
