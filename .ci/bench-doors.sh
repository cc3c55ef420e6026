#!/usr/bin/env bash
# What a claim costs through each package, beside the core, in one run over the same requests:
# microseconds a claim, the best round, and what the door adds. The packages are those that the
# tests built (make test-python test-node test-wasm test-kotlin). Quiet machines give figures worth
# quoting; the load is printed with them.
set -euo pipefail
cd "$(dirname "$0")/.."

need() { [ -e "$1" ] || { echo "bench-doors: $1 is missing: run make $2 first" >&2; exit 1; }; }
need .build/python/venv/bin/python test-python
need bindings-node/dist test-node
need bindings-wasm/dist test-wasm
need bindings-kotlin/target/test-classes test-kotlin

work=.build/bench-doors
mkdir -p "$work"
cargo run --quiet -p adjudica --example golden -- "$work/golden"
directory=$work/golden/basic-cover
cargo run --quiet --release -p adjudica --example figures -- "$directory" >"$work/core.tsv"

uptime
echo "$(grep -c . "$directory/requests.ndjson") requests of basic-cover, $(($(wc -c <"$directory/requests.ndjson") / $(grep -c . "$directory/requests.ndjson"))) bytes on average"
printf '%-46s%10s%10s%10s\n' 'microseconds a claim' door core boundary
while IFS=$'\t' read -r name figure; do
    printf 'core: %-40s%10s%10.2f\n' "$name" '' "$figure"
done <"$work/core.tsv"
.build/python/venv/bin/python bindings-python/tools/bench.py "$directory" "$work/core.tsv"
node bindings-node/scripts/bench.mjs "$directory" "$work/core.tsv"
bindings-kotlin/bench.sh "$directory" "$work/core.tsv"
uptime
