"""The rule language, whole: text -> syntax (as written) -> core (as meant).

`operators` is the one table of what can be done to values; `units` and `days`
say what a quantity and a date are; `check` turns syntax into typed core, with
units converted and unknowns explicit; `phrase` prints either. Nothing here
knows of studies or patients.
"""
