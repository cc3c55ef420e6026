#!/usr/bin/env bash
# Copies the Kotlin and the Java example out of the repository, builds each against the installed
# jar as a user would, runs it and compares what it prints.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for language in kotlin java; do
  cp -r "$language" "$work/$language"
  mvn -B -ntp -q -f "$work/$language/pom.xml" package
  java -cp "$work/$language/target/classes:$work/$language/target/lib/*" org.example.Main \
    > "$work/$language.out"
  diff -u "$language/expected.txt" "$work/$language.out"
  echo "$language: as expected"
done
