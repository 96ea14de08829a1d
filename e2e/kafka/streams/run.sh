#!/usr/bin/env bash
# Kafka Streams and Kafka Connect on the embedded broker, or with KAFKA_TESTS_ON=kafka on Apache Kafka.
set -euo pipefail
cd "$(dirname "$0")/../../.."
skipped() { echo "SKIPPED: $*" | tee -a "${SKIPPED_TESTS:-/dev/null}"; exit 0; }
command -v javac >/dev/null && command -v mvn >/dev/null ||
  skipped 'Java and Maven are not installed; Kafka Streams and Kafka Connect were not tested'
libraries="$PWD/node_modules/.cache/kafka-streams/libs"
[ -d "$libraries" ] || {
  mvn -q -B -f e2e/kafka/streams/pom.xml dependency:copy-dependencies -D outputDirectory="$libraries.part" &&
    mv "$libraries.part" "$libraries"
} || skipped 'Maven could not fetch Kafka Streams; it was not tested'
npm run build --silent >/dev/null
TEST_KAFKA_STREAMS_LIBRARIES="$libraries" bash scripts/jest.sh \
  --selectProjects e2e --testPathPatterns e2e/kafka/streams --runInBand
