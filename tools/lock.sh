#!/bin/sh
# Resolve pyproject.toml into requirements.lock (what runs) and requirements-dev.lock (what builds and tests, too), with
# hashes, for every platform. Uses uv; where it is missing, one of its own in a folder that is removed afterwards.
set -eu

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    "${PYTHON:-python3}" -m venv "$place"
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check uv
    uv=$place/bin/uv
fi

compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "make lock" "$@"
}
compile pyproject.toml --output-file requirements.lock
compile pyproject.toml --extra dev --constraints requirements.lock --output-file requirements-dev.lock
