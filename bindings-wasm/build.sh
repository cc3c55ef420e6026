#!/bin/sh
# Builds the package into dist/. Needs a Rust toolchain (see toolchain.sh) and `npm ci`.
set -eu
cd "$(dirname "$0")"
. ./toolchain.sh
build="$PWD/../.build"

CARGO_TARGET_DIR="$build/wasm" wasm_cargo build --quiet --profile wasm-release --package adjudica-wasm --package adjudica-wasm-openimis
rm -rf glue js dist
for module in adjudica:adjudica_wasm openimis:adjudica_wasm_openimis; do
  name=${module%:*}
  cargo run --quiet --package adjudica-wasm-bindgen -- \
    "$build/wasm/$wasm_target/wasm-release/${module#*:}.wasm" "$name" glue
  npx wasm-opt -Oz "glue/${name}_bg.wasm" -o "glue/${name}_bg.wasm"
done

cp -r ../bindings-node/js js
npx tsc -p tsconfig.json
npx tsc -p tsconfig.cjs.json
mv glue/*_bg.wasm dist/esm/glue/
cp ../LICENSE .
echo '{ "type": "commonjs" }' > dist/cjs/package.json
