"""A patient and a question told as a case: the YAML that a validator could have written.

Of a patient only what differs from the typical one is told, each variable in
the shortest form that reads back to the very same records. Nothing is trusted:
whatever is written is read again, and a form that says something else is not used.
"""
