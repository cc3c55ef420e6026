#!/usr/bin/env bash
# Builds adjudica, adjudicates a real example, and shows the result.
set -euo pipefail
cd "$(dirname "$0")/.."
out=.build/demo
mkdir -p "$out"

echo "demo: building the command line tool" >&2
cargo build --release -q -p adjudica --features cli
adjudica=target/release/adjudica

tables=../shared/data/openimis-demo
if [ -d "$tables" ]; then
    echo "== Import: the tables of an openIMIS installation =="
    "$adjudica" import openimis-tables "$tables" --claims rules-examples/openimis-tables/claims.json --out "$out/imported"
    scheme=$out/imported/scheme.json
    requests=$out/imported/requests.ndjson
else
    scheme=rules-examples/nepal-hib/scheme.yaml
    requests=$out/requests.ndjson
    : > "$requests"
    for case in rules-examples/nepal-hib/cases/*.json; do
        python3 -c 'import json, sys; case = json.load(open(sys.argv[1]))
if "expect" in case: print(json.dumps(case["request"]))' "$case" >> "$requests"
    done
fi
echo
echo "== Check: the rules =="
"$adjudica" check "$scheme"
echo
echo "== Adjudicate: $requests =="
"$adjudica" adjudicate --scheme "$scheme" --summary --out "$out/decisions.ndjson" "$requests"
echo
echo "== Explain: the first claim =="
"$adjudica" explain --scheme "$scheme" --request "$requests" --nth 1
echo
echo "Decisions are in $out/decisions.ndjson; try: $adjudica --help"
