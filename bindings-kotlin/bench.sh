#!/usr/bin/env bash
# What a claim costs through the package, beside the core: `make bench-doors` runs it, with a
# directory of requests and the core's figures for them. Run test.sh first.
set -euo pipefail
directory=$(realpath "$1") core=$(realpath "$2")
cd "$(dirname "$0")"
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
java -cp "target/classes:target/test-classes:$(cat target/test.classpath)" \
  org.adjudica.Bench "$directory" "$core"
