"""The door of this checkout: `python cli.py check` is `trial check`."""

from engine.command.main import main

if __name__ == "__main__":
    raise SystemExit(main())
