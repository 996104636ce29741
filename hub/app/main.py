"""The command line as a module, for processes that are started by this interpreter: `python -m hub.app.main ...`."""

from __future__ import annotations

from hub.app.cli import main

if __name__ == "__main__":
    main()
