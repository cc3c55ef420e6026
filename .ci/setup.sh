#!/usr/bin/env bash
# Installs what the named parts need on Debian or Ubuntu, if it is not there, and says what it does.
#   .ci/setup.sh rust python node wasm browser java valgrind
set -euo pipefail

RUST_VERSION=1.95

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The parts are functions named setup_PART, so that `have node` asks for the program.

# apt_get PACKAGE...: installs Debian packages, as root or through sudo.
updated=
apt_get() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    have apt-get || fail "please install: ${missing[*]} (no apt-get on this machine)"
    local run=()
    [ "$(id -u)" = 0 ] || run=(sudo)
    say "installing ${missing[*]}"
    if [ -z "$updated" ]; then
        "${run[@]}" apt-get update -qq >&2
        updated=1
    fi
    DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# at_least WANTED FOUND: is version FOUND at least WANTED?
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

rust_version() { rustc --version 2>/dev/null | awk '{print $2}'; }

setup_rust() {
    have cc && have make || apt_get gcc libc6-dev make
    have rustc && have cargo && at_least "$RUST_VERSION" "$(rust_version)" && return 0
    if ! have rustup && apt-cache show rustup >/dev/null 2>&1; then apt_get rustup; fi
    if have rustup; then
        say "installing the stable Rust toolchain with rustup"
        rustup toolchain install stable --profile minimal -c rustfmt -c clippy >&2
        rustup default stable >&2
    else
        say "no rustup here: taking the newest Rust that this Debian has"
        apt_get rustc-web cargo-web || apt_get rustc cargo
    fi
    have rustc && at_least "$RUST_VERSION" "$(rust_version)" ||
        fail "Rust $RUST_VERSION or newer is needed (found: $(rust_version || echo none)); see https://rustup.rs"
}

setup_python() {
    have python3 || apt_get python3
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || fail "Python 3.10 or newer is needed"
    python3 -c 'import venv, ensurepip' 2>/dev/null || apt_get python3-venv
}

setup_node() {
    have node && have npm || apt_get nodejs npm
    at_least 20 "$(node --version | tr -d v)" || fail "Node 20 or newer is needed (found: $(node --version))"
}

setup_wasm() { :; } # bindings-wasm/toolchain.sh chooses between rustup's and Debian's standard library.

setup_browser() { have chromium || have google-chrome || apt_get chromium; }

setup_java() {
    have javac || apt_get openjdk-17-jdk-headless
    have mvn || apt_get maven
}

setup_valgrind() { have valgrind || apt_get valgrind; }

for part in "$@"; do
    case "$part" in
        rust | python | node | wasm | browser | java | valgrind) "setup_$part" ;;
        *) fail "unknown part: $part" ;;
    esac
done
