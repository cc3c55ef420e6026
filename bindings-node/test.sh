#!/bin/sh
# Builds the Node package and runs all its tests. Needs a Rust toolchain, Node 20 or later and npm.
#
#   ADJUDICA_FUZZ=100000         malformed inputs
#   ADJUDICA_THREAD_SECONDS=3    how long worker threads share a rule set
set -eu
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/../target}"

# Not `npm ci`: it refuses the lock file where a registry lacks an optional build for another platform.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm install --no-save
node scripts/types.mjs --check
npm run --silent build
cargo run --quiet --package adjudica --example golden -- ../.build/golden ../.build/golden-openimis
node --expose-gc --test test/*.test.mjs
