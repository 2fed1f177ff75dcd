"""A study: YAML files read, checked against their schemas, modelled and linked.

`load.py` reads as the whole story. Everything after it works on a `Study`,
in which each expression is resolved and typed core.
"""
