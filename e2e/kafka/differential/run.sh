#!/usr/bin/env bash
# The scenarios of this folder, on the embedded broker and on Apache Kafka, with three clients.
#   run.sh [--full]     --full compares Kafka 4.3 with 3.9 as well
set -euo pipefail
cd "$(dirname "$0")/../../.."
[ "${1:-}" != --full ] || export KAFKA_DIFFERENTIAL_FULL=1
skipped() { echo "SKIPPED: $*" | tee -a "${SKIPPED_TESTS:-/dev/null}"; exit 0; }
command -v javac >/dev/null || skipped 'Java is not installed; the embedded broker was not compared with Apache Kafka'
[ -d "${INFRA:-../shared/infra}" ] || skipped 'Apache Kafka is not available; the embedded broker was not compared with it'
node scripts/install-folder.mjs e2e/kafka/differential/platformatic
npm run build --silent >/dev/null
bash scripts/jest.sh --selectProjects e2e \
  --testPathPatterns e2e/kafka/differential --runInBand
