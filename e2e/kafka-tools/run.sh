#!/usr/bin/env bash
# Apache Kafka's command-line tools against the embedded broker and against Apache Kafka: their outcomes must be equal.
set -euo pipefail
cd "$(dirname "$0")/../.."
infra=${INFRA:-../shared/infra}
port=${KAFKA_TOOLS_PORT:-31450}
for command in java javac mvn; do
  command -v "$command" >/dev/null || { echo "SKIPPED: $command is not installed; Apache Kafka's tools did not run"; exit 0; }
done
[ -d "$infra" ] || { echo "SKIPPED: Apache Kafka is not available; its tools did not run"; exit 0; }
. "$infra/env.sh"
bash "$infra/kafka-fetch.sh" kraft
jars="$INFRA_ROOT/kafka/4/libs/*"

work=$(mktemp -d)
end() {
  [ -z "${broker:-}" ] || kill "$broker" 2>/dev/null || true
  bash "$infra/kafka-down.sh" "$work/kafka" --wipe >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap end EXIT

[ -f cli/dist/broker.js ] || npm run build
node cli/dist/broker.js --data "$work/embedded" --port "$((port + 9))" >"$work/embedded.log" &
broker=$!
bash "$infra/kafka-up.sh" kraft "$port" "$work/kafka" &
kafka=$!
javac -d "$work/classes" -cp "$jars" e2e/kafka-tools/*.java
node_modules/.bin/esbuild e2e/kafka-tools/main.ts --bundle --platform=node --format=esm --log-level=warning \
  --outfile="$work/main.mjs"
wait "$kafka"
node "$work/main.mjs" "$work/classes:$jars" "${TOOLS_WORK:-$work/files}" "127.0.0.1:$((port + 9))" "127.0.0.1:$port"
