#!/usr/bin/env bash
# Builds the base images of the shop and its tests once: stand-ins with the same names, for machines that cannot reach an
# image registry. --full also builds those of the full tests. Needs a running Docker Engine.
set -euo pipefail
cd "$(dirname "$0")/../.."
infra=${INFRA:-../shared/infra}
timed() { local name=$1 since=$SECONDS; shift; "$@" >&2; echo "images: $name took $((SECONDS - since)) s"; }
missing() { ! docker image inspect "$@" >/dev/null 2>&1; }
stand_in() { ! missing "$1" || timed "$1" docker build -q --network host -t "$1" "e2e/docker/$2"; }

! missing node:22-bookworm-slim apache/kafka:4.3.1 confluentinc/cp-kafka:7.9.0 confluentinc/cp-zookeeper:7.9.0 ||
  NODES=22 timed 'base images' bash "$infra/docker-base-images.sh"
stand_in postgres:17 postgres
[ "${1:-}" != --full ] || stand_in redis:7-alpine redis
