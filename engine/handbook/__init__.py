"""The language handbook: chapters of worked cases, and the page made of them.

A chapter is data: study sections in the form of study files, and small patients
with a question and its answer. The same cases are the tests of every reading.
"""
