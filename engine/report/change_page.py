"""x"""

from engine.amendment.diff import Difference


def page(found: Difference) -> str:
    """x"""
    return ""
