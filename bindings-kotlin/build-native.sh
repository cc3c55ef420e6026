#!/usr/bin/env bash
# Builds the native library and writes the Kotlin sources that follow from it:
#   src/main/resources/<platform>/libadjudica_kotlin.so   what the jar ships
#   target/generated-sources/adjudica/                     calls, documents, reason codes
# Usage: build-native.sh [cargo profile, default release]
set -euo pipefail
cd "$(dirname "$0")"
profile=${1:-release}

target=$(cargo metadata --format-version 1 --no-deps --manifest-path Cargo.toml |
  sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
output=$target/$([ "$profile" = dev ] && echo debug || echo "$profile")

# JNA's name of this platform, and how it names a library.
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x86-64 library=libadjudica_kotlin.so ;;
  Linux-aarch64) platform=linux-aarch64 library=libadjudica_kotlin.so ;;
  Darwin-arm64) platform=darwin-aarch64 library=libadjudica_kotlin.dylib ;;
  Darwin-x86_64) platform=darwin-x86-64 library=libadjudica_kotlin.dylib ;;
  *) echo "build-native.sh: no name known for $(uname -s) on $(uname -m)" >&2; exit 1 ;;
esac

cargo build --quiet --locked --profile "$profile" -p adjudica-kotlin --lib
generated=target/generated-sources/adjudica
rm -rf "$generated"
mkdir -p "$generated" "src/main/resources/$platform"
# UniFFI reads symbols that stripping removes: generate first, then strip the copy that ships.
cargo run --quiet --locked -p adjudica-kotlin --features generate --bin generate-kotlin -- \
  "$output/$library" "$generated"
strip -o "src/main/resources/$platform/$library" "$output/$library"
