#!/usr/bin/env bash
# Type-checks the native library for Android (aarch64-linux-android). No NDK is needed: nothing is
# linked. Where rustup has the target it is used; otherwise a compiler that ships the source of the
# standard library builds that first (Debian: rustc-web, rust-web-src, cargo-web).
set -euo pipefail
cd "$(dirname "$0")/.."
target=aarch64-linux-android

if rustup target list --installed 2>/dev/null | grep -qx "$target"; then
  cargo check --quiet --locked -p adjudica-kotlin --lib --target "$target"
else
  if ! { [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library" ]; }; then
    if ! command -v apt-get > /dev/null; then
      echo "android/check.sh: run \`rustup target add $target\` first" >&2
      exit 1
    fi
    apt-get update -qq
    apt-get install -y -qq rustc-web rust-web-src cargo-web > /dev/null
  fi
  # Its own directory: the two compilers' outputs do not mix.
  RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$PWD/target/android-check" \
    /usr/bin/cargo check --quiet --locked -p adjudica-kotlin --lib --target "$target" \
    -Z build-std=std,panic_unwind
fi
echo "$target: the library type-checks"
