#!/usr/bin/env bash
# Kills the embedded broker under load; see chaos.test.ts for what has to be left.
#   KAFKA_CHAOS_KILLS, KAFKA_CHAOS_SEED    how often, and a number that the moments follow from
#   KAFKA_TESTS_ON=kafka                   the same load on Apache Kafka
set -euo pipefail
cd "$(dirname "$0")/../../.."
npm run build --silent >/dev/null
bash scripts/jest.sh --selectProjects e2e \
  --testPathPatterns e2e/kafka/chaos --runInBand
