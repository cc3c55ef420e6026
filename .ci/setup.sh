#!/usr/bin/env bash
# Installs what the named parts need on Debian or Ubuntu, if it is not there, and says what it does.
#   .ci/setup.sh rust python advisors node wasm browser java valgrind
set -euo pipefail

RUST_VERSION=1.95
BUILD=$(cd "$(dirname "$0")/.." && pwd)/.build
NODE_HOME=$BUILD/node-20
# The libraries that advisors are compared with.
ADVISORS=(lightgbm==4.7.0 xgboost-cpu==3.2.0 scikit-learn==1.9.1)
# Where rustup puts what it installs.
export PATH="$HOME/.cargo/bin:$PATH"

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
    # Debian 13 and Ubuntu 24.04 have rustup; older ones have not.
    if ! have rustup && apt-cache policy rustup 2>/dev/null | grep -q 'Candidate: [0-9]'; then apt_get rustup; fi
    if have rustup; then
        say "installing Rust $RUST_VERSION with rustup"
        rustup toolchain install "$RUST_VERSION" --profile minimal -c rustfmt -c clippy >&2
        rustup default "$RUST_VERSION" >&2
    else
        have curl || apt_get curl ca-certificates
        say "installing Rust $RUST_VERSION into $HOME/.cargo and $HOME/.rustup (no rustup package here)"
        local init
        init=$(mktemp -d)/rustup-init # It goes by its name.
        curl -fsSL -o "$init" "https://static.rust-lang.org/rustup/dist/$(uname -m)-unknown-linux-gnu/rustup-init"
        chmod +x "$init"
        "$init" -y --no-modify-path --profile minimal -c rustfmt -c clippy --default-toolchain "$RUST_VERSION" >&2
        rm -r "$(dirname "$init")"
    fi
    hash -r
    have rustc && at_least "$RUST_VERSION" "$(rust_version)" ||
        fail "Rust $RUST_VERSION or newer is needed (found: $(rust_version || echo none)); see https://rustup.rs"
}

setup_python() {
    have python3 || apt_get python3
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || fail "Python 3.10 or newer is needed"
    python3 -c 'import venv, ensurepip' 2>/dev/null || apt_get python3-venv
}

setup_advisors() {
    local home=$BUILD/advisors
    [ "$(cat "$home/installed" 2>/dev/null)" = "${ADVISORS[*]}" ] && return 0
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Python 3.11 or newer is needed by scikit-learn (found: $(python3 --version))"
    say "installing ${ADVISORS[*]} into $home (about 450 MB)"
    rm -rf "$home"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check "${ADVISORS[@]}" >&2
    printf '%s' "${ADVISORS[*]}" >"$home/installed"
}

setup_node() {
    have node && have npm || apt_get nodejs npm
    at_least 20 "$(node --version | tr -d v)" && return 0
    # Debian 12 has Node 18; npm has Node itself. The Makefile puts it on the path.
    say "installing Node 20 into $NODE_HOME (found: $(node --version))"
    npm install --no-save --no-fund --no-audit --loglevel=error --prefix "$NODE_HOME" node@20 >&2
    at_least 20 "$("$NODE_HOME/node_modules/node/bin/node" --version | tr -d v)" ||
        fail "Node 20 or newer is needed (found: $(node --version))"
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
        rust | python | advisors | node | wasm | browser | java | valgrind) "setup_$part" ;;
        *) fail "unknown part: $part" ;;
    esac
done
