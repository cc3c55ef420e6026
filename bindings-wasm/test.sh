#!/bin/sh
# Builds the WASM package and runs all its tests, in Node and in headless Chromium. Needs a Rust
# toolchain, Node 20.19 or later and npm; installs Debian's Chromium if there is none.
#
#   ADJUDICA_FUZZ=100000        malformed inputs in Node
#   ADJUDICA_THREAD_SECONDS=3   how long worker threads decide
#   CHROMIUM=/usr/bin/chromium  the browser
set -eu
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/../target}"

if ! [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  as_root=$([ "$(id -u)" = 0 ] || echo sudo)
  $as_root apt-get update -qq
  $as_root apt-get install -qq -y chromium
fi
for folder in ../bindings-node .; do
  (cd "$folder"; [ node_modules/.package-lock.json -nt package-lock.json ] || npm install --no-save)
done
[ -e ../bindings-node/native/binding.d.ts ] || (cd ../bindings-node; npm run --silent build:native)
(cd ../bindings-node; npm run --silent build:js)
./build.sh
cargo run --quiet --package adjudica --example golden -- ../.build/golden ../.build/golden-openimis
node --expose-gc --test test/*.test.mjs
