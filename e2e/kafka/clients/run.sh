#!/usr/bin/env bash
# Clients in other languages, and one with a native part, on the embedded broker, or with KAFKA_TESTS_ON=kafka on Apache Kafka.
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

# node-rdkafka is compiled against the librdkafka and the headers of Node on this machine: nothing is downloaded.
node_home="$(dirname "$(dirname "$(node -p process.execPath)")")"
rdkafka="$cache/node-rdkafka"
compile_rdkafka() {
  [ -d "$rdkafka/node_modules/node-rdkafka/build/Release" ] && return
  mkdir -p "$rdkafka"
  echo '{"private":true}' > "$rdkafka/package.json"
  BUILD_LIBRDKAFKA=0 npm_config_nodedir="$node_home" npm install --prefix "$rdkafka" --no-audit --no-fund \
    --loglevel=error node-rdkafka@3.6.1 >"$rdkafka/install.log" 2>&1
}
if { [ -f /usr/include/librdkafka/rdkafka.h ] ||
  { [ "$(id -u)" = 0 ] && apt-get install -y -qq --no-install-recommends librdkafka-dev >/dev/null 2>&1; }; } &&
  [ -f "$node_home/include/node/node.h" ] && compile_rdkafka; then
  export TEST_NODE_RDKAFKA="$rdkafka/node_modules"
else
  skipped 'librdkafka, the headers of Node or a compiler is missing; node-rdkafka was not tested'
fi

npm run build --silent >/dev/null
bash scripts/jest.sh --selectProjects e2e \
  --testPathPatterns e2e/kafka/clients e2e/broker-clients --runInBand
