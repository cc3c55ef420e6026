# To be sourced: `wasm_cargo build ..` compiles for wasm32-unknown-unknown.
#
# With rustup where it can fetch the target's standard library; else with Debian's rustc, which
# comes with the library's sources.

wasm_target=wasm32-unknown-unknown

if command -v rustup >/dev/null && rustup target add "$wasm_target" 2>/dev/null; then
  wasm_cargo() {
    cargo "$@" --target "$wasm_target"
  }
else
  if ! [ -x /usr/bin/cargo ] || ! [ -x /usr/bin/wasm-ld-19 ] || ! [ -d /usr/share/doc/rust-web-src ]; then
    apt-get update -qq
    apt-get install -qq -y rustc-web rust-web-src cargo-web lld-19
  fi
  # The artefacts of another compiler do not mix, and std is rebuilt on any change of a setting.
  wasm_cargo() {
    RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=/usr/bin/wasm-ld-19 \
      /usr/bin/cargo "$@" --target "$wasm_target" -Z build-std=std,panic_abort
  }
fi
