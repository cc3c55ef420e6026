#!/usr/bin/env bash
# Copies the Kotlin and the Java example out of the repository, adds the README's first lines,
# builds each against the installed jar as a user would, runs them and compares what they print.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# block FILE LANGUAGE [N]: the first (or Nth) piece of code in that language.
block() {
  awk -v fence="\`\`\`$2" -v wanted="${3:-1}" \
    '$0 == fence { on = ++seen == wanted; next } $0 == "```" { on = 0 } on' "$1"
}

block ../../README.md yaml > "$work/scheme.yaml"
block ../../README.md json > "$work/claim.json"
block ../README.md text > "$work/first.txt"
block ../README.md text 2 > "$work/asked.txt"
block ../README.md text 3 > "$work/audit.txt"
cp ../target/golden/openimis/snapshots.ndjson "$work/history.ndjson"
for file in scheme.yaml claim.json first.txt asked.txt audit.txt; do
  [ -s "$work/$file" ] || { echo "consumers/test.sh: the README has no text for $file" >&2; exit 1; }
done

for language in kotlin java; do
  project=$work/$language
  cp -r "$language" "$project"
  [ "$language" = java ] && file=First.java main=First || file=First.kt main=FirstKt
  block ../README.md "$language" > "$project/src/main/$language/$file"
  if [ "$language" = kotlin ]; then
    # Packages of their own: there is a `main` already.
    { echo "package asked"; block ../README.md kotlin 2; } > "$project/src/main/kotlin/Asked.kt"
    { echo "package audited"; block ../README.md kotlin 3; } > "$project/src/main/kotlin/Audited.kt"
  fi
  mvn -B -ntp -q -f "$project/pom.xml" package
  run() { (cd "$work" && java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -cp "$project/target/classes:$project/target/lib/*" "$1"); }
  run org.example.Main | diff -u "$language/expected.txt" -
  run "$main" | diff -u "$work/first.txt" -
  if [ "$language" = kotlin ]; then
    run asked.AskedKt | diff -u "$work/asked.txt" -
    run audited.AuditedKt | diff -u "$work/audit.txt" -
  fi
  echo "$language: as expected"
done
