"""The engine's version, as every result names it."""

VERSION = "0.1.0"
