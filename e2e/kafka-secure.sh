#!/usr/bin/env bash
# The tests against a Kafka with TLS and SASL authentication, which is started for them.
set -euo pipefail
cd "$(dirname "$0")/.."
infra=${INFRA:-../shared/infra}
port=${KAFKA_SECURE_PORT:-39092}
[ -d "$infra" ] && command -v keytool >/dev/null || { echo 'SKIPPED: Kafka is not available; its tests did not run'; exit 0; }
work=$(mktemp -d)
trap 'bash "$infra/kafka-down.sh" "$work" --wipe' EXIT
bash "$infra/kafka-secure-up.sh" kraft "$port" "$work"
export TEST_KAFKA_SECURE_PORT="$port" TEST_KAFKA_CA="$work/ca.pem"
bash scripts/jest.sh --selectProjects runtime e2e \
  --testPathPatterns kafka-secur
