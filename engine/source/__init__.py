"""Text and its place: every value of a study knows its file, line and column.

A `Span` is a stretch of a file, a `Tree` is YAML that kept its spans, and a
`Diagnostic` is an error as a value: code, message, span, help. Each pass fills
a `Diagnostics` bag and goes on as far as sense allows, so that a writer sees
every error of a study at once.
"""
