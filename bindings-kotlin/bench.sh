#!/usr/bin/env bash
# Time for each claim by each way into the engine, beside the core alone, with the release library.
# Run test.sh first. Quiet machines give figures worth quoting; the load is printed with them.
set -euo pipefail
cd "$(dirname "$0")"
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
cargo build --quiet --locked --release -p adjudica-kotlin --example core
uptime
for scheme in target/golden/*/scheme.yaml; do
  directory=${scheme%/scheme.yaml}
  cargo run --quiet --locked --release -p adjudica-kotlin --example core -- "$directory" > target/core.tsv
  java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" \
    org.adjudica.Bench "$directory" target/core.tsv
done
uptime
