#!/usr/bin/env bash
# Type-checks the native library for Android (aarch64-linux-android), with the standard library
# built from source. No NDK is needed: nothing is linked. The sources of the standard library come
# from rustup where that can fetch them, else from Debian with the compiler that belongs to them.
set -euo pipefail
cd "$(dirname "$0")/.."
target=aarch64-linux-android
check=(check --quiet --locked -p adjudica-kotlin --lib --target "$target" -Z build-std=std,panic_unwind)
# Lets a stable compiler take `-Z build-std`.
export RUSTC_BOOTSTRAP=1

if command -v rustup > /dev/null && rustup component add rust-src 2> /dev/null; then
  CARGO_TARGET_DIR=$PWD/target/android-check cargo "${check[@]}"
else
  if ! { [ -x /usr/bin/cargo ] && [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library" ]; }; then
    if ! command -v apt-get > /dev/null; then
      echo "android/check.sh: neither rustup nor apt-get can fetch the standard library's sources" >&2
      exit 1
    fi
    root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq
    "${root[@]}" apt-get install -y -qq rustc-web rust-web-src cargo-web > /dev/null
  fi
  # Its own directory: the outputs of two compilers do not mix.
  RUSTC=/usr/bin/rustc CARGO_TARGET_DIR=$PWD/target/android-check-debian /usr/bin/cargo "${check[@]}"
fi
echo "$target: the library type-checks"
