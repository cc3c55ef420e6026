#!/bin/sh
# Builds the wheel, installs it, and runs every test of the Python package. May be run again and again.
#
#   ADJUDICA_THREAD_SECONDS=60   how long eight threads share a rule set (default 5)
#   ADJUDICA_FUZZ_ROUNDS=100000  malformed inputs (default)
#   PYTHON=python3.12            the interpreter (default python3)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=$root/.build/python
python=${PYTHON:-python3}
mkdir -p "$work"
cd "$here"

if [ ! -x "$work/venv/bin/python" ]; then
    "$python" -m venv "$work/venv"
fi
if ! cmp -s requirements-test.txt "$work/installed.txt"; then
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r requirements-test.txt
    cp requirements-test.txt "$work/installed.txt"
fi

echo "== the engine's own answers"
rm -rf "$work/golden"
cargo run --quiet --manifest-path "$root/Cargo.toml" -p adjudica --example golden -- "$work/golden"

echo "== wheel"
rm -rf "$work/wheels"
rm -f python/adjudica/*.so
PATH=$work/venv/bin:$PATH ./build.sh "$work/wheels" "$work/venv/bin/python"
wheel=$(echo "$work"/wheels/adjudica-*.whl)
size=$(wc -c < "$wheel")
echo "$(basename "$wheel"): $size bytes"
if [ "$size" -ge 3000000 ]; then
    echo "the wheel is larger than 3 MB" >&2
    exit 1
fi
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "$wheel"

echo "== tests"
ADJUDICA_GOLDEN=$work/golden "$work/venv/bin/python" -m pytest -q "$@"

echo "== types"
"$work/venv/bin/python" -m mypy tests tools
"$work/venv/bin/python" -m mypy.stubtest --concise --allowlist stubtest-allowlist.txt adjudica
"$work/venv/bin/pyright" --pythonpath "$work/venv/bin/python" --warnings

echo "== a fresh environment without Rust"
rm -rf "$work/fresh"
"$python" -m venv "$work/fresh"
env -i PATH="$work/fresh/bin" HOME="$work/fresh" \
    "$work/fresh/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
(cd "$work/fresh" && env -i PATH="$work/fresh/bin" ./bin/python -c '
import doctest, shutil, sys
assert shutil.which("cargo") is None and shutil.which("rustc") is None
done = doctest.testfile(sys.argv[1], module_relative=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
assert done.attempted > 0 and done.failed == 0
print(f"README: {done.attempted} examples")
' "$here/README.md")
echo "== done"
