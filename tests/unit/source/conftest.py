"""What is read is read with both of PyYAML's parsers."""

import pytest
import yaml

from engine.source import read


@pytest.fixture(params=sorted({yaml.SafeLoader, read.LOADER}, key=str))
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers must tell the same, so that a wheel without the C one reads alike."""
    monkeypatch.setattr(read, "LOADER", request.param)
