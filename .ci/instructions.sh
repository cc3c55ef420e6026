#!/usr/bin/env bash
# Instructions a claim on the plain workload: the engine beside the hand-written baselines, counted
# by callgrind, so that the figure is the same on a busy machine. Fails when the prepared engine
# needs more than CORE_LIMIT times the instructions of the rust_decimal baseline, or text in and out
# more than TEXT_LIMIT times those of the plain JSON program. (SHA-256 is counted in software here;
# processors have instructions for it.)
set -euo pipefail
cd "$(dirname "$0")/.."
CORE_LIMIT=${CORE_LIMIT:-0.85}
TEXT_LIMIT=${TEXT_LIMIT:-2.2}

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
plain=$(claim plain) text=$(claim text)
printf '%-22s %8s\n' "program" "a claim" "i64, dense ids" "$dense" "rust_decimal, hash" "$decimal" \
    "engine, prepared" "$prepared" "engine, request" "$engine" \
    "plain JSON" "$plain" "engine, NDJSON" "$text"
# within NAME COUNT BASELINE LIMIT
within() {
    awk -v name="$1" -v a="$2" -v b="$3" -v limit="$4" 'BEGIN {
        printf "%s = %.2f (limit %s)\n", name, a / b, limit; exit a / b > limit }'
}
within "engine, prepared / rust_decimal" "$prepared" "$decimal" "$CORE_LIMIT"
within "engine, NDJSON / plain JSON" "$text" "$plain" "$TEXT_LIMIT"
