#!/usr/bin/env bash
# Instructions a claim on the plain workload: the engine beside the hand-written baselines, counted
# by callgrind, so that the figure is the same on a busy machine. Fails when the engine needs more
# than LIMIT times the instructions of the rust_decimal baseline.
set -euo pipefail
cd "$(dirname "$0")/.."
LIMIT=${LIMIT:-3.0}

cargo build --release -q -p adjudica-benches --bin instructions
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# count PROGRAM ROUNDS: instructions of the whole run.
count() {
    valgrind --tool=callgrind --callgrind-out-file="$out/callgrind" target/release/instructions "$1" "$2" 2>&1 |
        awk '/Collected/ {print $4}'
}
# What 4,000 more claims add is what claims cost; the set-up falls out.
claim() { echo $((($(count "$1" 5000) - $(count "$1" 1000)) / 4000)); }

dense=$(claim dense) decimal=$(claim decimal) prepared=$(claim prepared) engine=$(claim engine)
printf '%-22s %8s\n' "program" "a claim" "i64, dense ids" "$dense" "rust_decimal, hash" "$decimal" \
    "engine, prepared" "$prepared" "engine, request" "$engine"
awk -v e="$engine" -v d="$decimal" -v l="$LIMIT" 'BEGIN {
    printf "engine / rust_decimal = %.2f (limit %s)\n", e / d, l; exit e / d > l }'
