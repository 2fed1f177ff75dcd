"""Pages made from results: one file each, that works offline, in print and on a telephone.

Nothing is computed here; a page says what a result dataclass holds.
"""
