#!/bin/sh
# Builds the wheel that people download into DIRECTORY. Needs maturin.
#
#   ./build.sh DIRECTORY [INTERPRETER]
#
# Inlining less makes it smaller by an eighth and slower by a tenth.
set -eu
out=$1 python=${2:-python3}
cd "$(dirname "$0")"
RUSTFLAGS="-Cllvm-args=--inline-threshold=80" \
    maturin build --profile wheel --quiet --strip --compression-level 9 --compatibility linux \
    --interpreter "$python" --out "$out"
