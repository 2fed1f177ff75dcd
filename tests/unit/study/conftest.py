from pathlib import Path

import pytest

from tests.unit.study.small import FILES, SmallStudy


@pytest.fixture
def study(tmp_path: Path) -> SmallStudy:
    """A small study without a fault."""
    small = SmallStudy(tmp_path)
    for file, text in FILES.items():
        small.write(file, text)
    return small
