#!/usr/bin/env bash
# Builds and tests the Kotlin package: native library, generated sources, every example case,
# the jar in empty Kotlin and Java projects, and the Android target as far as this machine can.
#   ADJUDICA_PROFILE   cargo profile of the library (release)
#   ADJUDICA_SECONDS   how long eight threads share a rule set (3)
#   ADJUDICA_INPUTS    malformed requests to try (100000)
set -euo pipefail
cd "$(dirname "$0")"
say() { printf '\n== kotlin: %s\n' "$*"; }

say "native library and generated sources"
./build-native.sh "${ADJUDICA_PROFILE:-release}"

say "core's answers to the example cases"
rm -rf target/golden
cargo run --quiet --locked -p adjudica --example golden -- target/golden target/golden/openimis

say "package and tests"
# Classes whose sources are gone would stay.
rm -rf target/classes target/test-classes target/surefire-reports
log=target/maven.log
if ! mvn -B -ntp install --log-file "$log" \
  -Dadjudica.test.seconds="${ADJUDICA_SECONDS:-3}" \
  -Dadjudica.test.inputs="${ADJUDICA_INPUTS:-100000}"; then
  cat "$log" >&2
  exit 1
fi
grep -E 'Tests run:|^eight threads' "$log"
ls -l target/adjudica-*.jar

say "the jar in empty projects, and the programs of the README"
./consumers/test.sh

say "Android target"
./android/check.sh
