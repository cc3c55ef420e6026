#!/usr/bin/env bash
# Time for each claim by each way into the engine, with the release library. Run test.sh first.
set -euo pipefail
cd "$(dirname "$0")"
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
java -Dadjudica.test.golden=target/golden \
  -cp "target/classes:target/test-classes:$(cat target/test.classpath)" org.adjudica.Bench
