#!/usr/bin/env bash
# Clients in other languages on the embedded broker, or with KAFKA_TESTS_ON=kafka on Apache Kafka.
# Each is installed on demand, and left out where it cannot be.
set -euo pipefail
cd "$(dirname "$0")/../../.."
skipped() { echo "SKIPPED: $*" | tee -a "${SKIPPED_TESTS:-/dev/null}"; }
cache="$PWD/node_modules/.cache/kafka-clients"
mkdir -p "$cache"

if command -v go >/dev/null && (cd e2e/kafka/clients/franz-go && go build -o "$cache/franz-go" .); then
  export TEST_FRANZ_GO="$cache/franz-go"
else
  skipped 'Go is not installed; franz-go was not tested'
fi

if command -v python3 >/dev/null && python3 -m venv "$cache/python" &&
  "$cache/python/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1; then
  export TEST_CONFLUENT_PYTHON="$cache/python/bin/python"
else
  skipped 'Python or confluent-kafka is not available; librdkafka was not tested'
fi

if command -v kcat >/dev/null ||
  { [ "$(id -u)" = 0 ] && apt-get install -y -qq --no-install-recommends kcat >/dev/null 2>&1; }; then
  export TEST_KCAT=1
else
  skipped 'kcat is not installed; it was not tested'
fi

npm run build --silent >/dev/null
node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects e2e \
  --testPathPatterns e2e/kafka/clients --runInBand
