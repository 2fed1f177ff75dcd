"""The study's criteria and responses as a careful programmer would write them without the engine.

One loop over the same timelines, the figures of the protocol in the code, None
for unknown. It does only what the benchmark's cohort needs: laboratory days
and sexes are known there, and nothing of it could be amended. So it is the
lower end of what such rules cost in Python.
"""
