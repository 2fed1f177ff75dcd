"""The reference reading: what a rule means for a patient.

`interpret` is one match over the core; it may be watched, and `trace` is a
watcher. Every other reading of the language is judged by this one.
"""
