#!/bin/sh
# Make the virtual environment $VENV with the locked dependencies and this project in it; fast with uv, plain without.
set -eu

say() { printf '%s\n' "setup: $*"; }

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    say "needs Python 3.11 or newer as $PYTHON; name another with: make setup PYTHON=/path/to/python3" >&2
    exit 1
}

if command -v uv >/dev/null 2>&1; then
    [ -x "$VENV/bin/python" ] || uv venv --quiet --seed --python "$PYTHON" "$VENV"
    say "installing the locked dependencies with uv"
    uv pip install --quiet --python "$VENV/bin/python" --require-hashes -r requirements-dev.lock
    uv pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation --editable .
else
    if ! [ -x "$VENV/bin/python" ]; then
        say "making $VENV"
        "$PYTHON" -m venv "$VENV" || {
            say "python3 -m venv failed; on Debian and Ubuntu: apt-get install python3-venv" >&2
            rm -rf "$VENV"
            exit 1
        }
    fi
    say "installing the locked dependencies (about 300 MB the first time)"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
