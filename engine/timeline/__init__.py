"""What was known of a patient and when: files -> rows -> timelines.

A bad row is a diagnostic with its file, line and column, never an exception;
its patient is marked, and nothing is silently skipped.
"""
