"""The small study that `trial new` writes: a folder of data, and the module that hands it out.

It is there to be read and changed, so each of its files says what it is for.
"""
