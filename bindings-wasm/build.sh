#!/bin/sh
# Builds the package into dist/. Needs a Rust toolchain (see toolchain.sh) and `npm ci`.
set -eu
cd "$(dirname "$0")"
. ./toolchain.sh
build="$PWD/../.build"

CARGO_TARGET_DIR="$build/wasm" wasm_cargo build --quiet --profile wasm-release --package adjudica-wasm
rm -rf glue js dist
cargo run --quiet --package adjudica-wasm-bindgen -- \
  "$build/wasm/$wasm_target/wasm-release/adjudica_wasm.wasm" glue
npx wasm-opt -Oz glue/adjudica_bg.wasm -o glue/adjudica_bg.wasm

cp -r ../bindings-node/js js
npx tsc -p tsconfig.json
npx tsc -p tsconfig.cjs.json
mv glue/adjudica_bg.wasm dist/esm/glue/
cp ../LICENSE .
echo '{ "type": "commonjs" }' > dist/cjs/package.json
