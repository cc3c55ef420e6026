# To be sourced: `wasm_cargo build ..` compiles for wasm32-unknown-unknown.
#
# The standard library is built with the engine, without the texts of its panics: a panic ends in
# a trap either way, and they are a tenth of the module. Its sources come from rustup where that
# can fetch them, else from Debian.

wasm_target=wasm32-unknown-unknown
# Any change here builds the standard library anew.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none"

if command -v rustup >/dev/null && rustup component add rust-src 2>/dev/null; then
  wasm_cargo() {
    RUSTC_BOOTSTRAP=1 cargo "$@" --target "$wasm_target" -Z build-std=std,panic_abort -Z build-std-features=optimize_for_size
  }
else
  if ! [ -x /usr/bin/cargo ] || ! [ -x /usr/bin/wasm-ld-19 ] || ! [ -d /usr/share/doc/rust-web-src ]; then
    as_root=$([ "$(id -u)" = 0 ] || echo sudo)
    $as_root apt-get update -qq
    $as_root apt-get install -qq -y rustc-web rust-web-src cargo-web lld-19
  fi
  wasm_cargo() {
    RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=/usr/bin/wasm-ld-19 \
      /usr/bin/cargo "$@" --target "$wasm_target" -Z build-std=std,panic_abort -Z build-std-features=optimize_for_size
  }
fi
