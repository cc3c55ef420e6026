#!/bin/sh
# Builds the package into dist/. Needs a Rust toolchain (see toolchain.sh) and `npm ci`.
set -eu
cd "$(dirname "$0")"
. ./toolchain.sh
build="$PWD/../.build"

# module NAME PACKAGE [OPTION..]: builds a package as the module of that name, with its glue.
module() {
  name=$1 package=$2
  shift 2
  wasm_cargo build --quiet --profile wasm-release --target-dir "$build/wasm" --package "$package" "$@"
  cargo run --quiet --package adjudica-wasm-bindgen -- \
    "$build/wasm/$wasm_target/wasm-release/$(echo "$package" | tr - _).wasm" module glue
  mv glue/module.js "glue/$name.js"
  npx wasm-opt -Oz glue/module_bg.wasm -o "glue/${name}_bg.wasm"
  rm glue/module_bg.wasm
}

rm -rf glue js dist
module adjudica adjudica-wasm
module office adjudica-wasm --features office
module openimis adjudica-wasm-openimis
# Workers take either of the first two with the same glue.
cmp glue/adjudica.js glue/office.js

cp -r ../bindings-node/js js
npx tsc -p tsconfig.json
npx tsc -p tsconfig.cjs.json
mv glue/*_bg.wasm dist/esm/glue/
cp ../LICENSE .
echo '{ "type": "commonjs" }' > dist/cjs/package.json
