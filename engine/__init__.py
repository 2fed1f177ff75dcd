"""A clinical-trial protocol as software.

`source` reads text and keeps its place; `language` is the small rule language;
`study` is a protocol folder, linked; `timeline` is what was known of a patient
and when; `reference` says what a rule means for a patient; `tasks` holds one
function for each thing a person can ask, and `command` is the command line.
"""
