#!/usr/bin/env bash
# Builds the Android library: the native library for four ABIs with 16 KB pages, the generated
# sources, then the AAR. Says everything that is missing before it begins.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
need() { command -v "$1" > /dev/null || missing+=("$1: $2"); }
need cargo "the Rust compiler, https://rustup.rs"
need cargo-ndk "cargo install cargo-ndk"
need gradle "Gradle 8.13 or later"
need readelf "binutils"
[ -d "${ANDROID_NDK_HOME:-/nonexistent}" ] ||
  missing+=("ANDROID_NDK_HOME: the directory of an Android NDK, release 28 or later")
[ -d "${ANDROID_HOME:-/nonexistent}" ] ||
  missing+=("ANDROID_HOME: the directory of an Android SDK with platform 36")
targets=(aarch64-linux-android armv7-linux-androideabi x86_64-linux-android i686-linux-android)
for target in "${targets[@]}"; do
  rustup target list --installed 2> /dev/null | grep -qx "$target" ||
    missing+=("target $target: rustup target add $target")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "android/build.sh cannot build the AAR here. Missing:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
fi

# Sources and metadata come from a build for this machine; they are the same for every ABI.
../build-native.sh release

libraries=$PWD/adjudica/src/main/jniLibs
rm -rf "$libraries"
# The package's build script links for 16 KB pages.
(
  cd ..
  CARGO_PROFILE_RELEASE_STRIP=symbols cargo ndk --platform 26 --output-dir "$libraries" \
    --target arm64-v8a --target armeabi-v7a --target x86_64 --target x86 \
    build --locked --release --lib
)

for abi in arm64-v8a x86_64; do
  library=$libraries/$abi/libadjudica_kotlin.so
  alignments=$(readelf --program-headers --wide "$library" | awk '$1 == "LOAD" { print $NF }' | sort -u)
  if [ -z "$alignments" ] || [ "$alignments" != "0x4000" ]; then
    echo "android/build.sh: $library is not aligned to 16 KB pages: ${alignments:-no segments}" >&2
    exit 1
  fi
done

gradle --project-dir . :adjudica:assembleRelease
ls -l adjudica/build/outputs/aar/
