#!/usr/bin/env bash
# The shop on a real Docker Engine: the one that runs here, or one that is started for it and stopped afterwards.
# CI runs the whole system once; --full runs all there is.
set -euo pipefail
cd "$(dirname "$0")/../.."
infra=${INFRA:-../shared/infra}
[ "${1:-}" = --full ] && tests=e2e/docker || tests=e2e/docker/zookeeper
timed() { local name=$1 since=$SECONDS; shift; "$@" >&2; echo "docker: $name took $((SECONDS - since)) s"; }

[ ! -d "$infra" ] || . "$infra/env.sh"
if ! docker info >/dev/null 2>&1; then
  [ -d "$infra" ] || { echo 'SKIPPED: no Docker here, its tests did not run'; exit 0; }
  trap 'bash "$infra/docker-down.sh"' EXIT
  timed 'the engine' bash "$infra/docker-up.sh"
fi

# Where no registry of images can be reached, stand-ins under the same names are built once.
missing() { ! docker image inspect "$@" >/dev/null 2>&1; }
stand_in() { ! missing "$1" || timed "$1" docker build -q --network host -t "$1" "e2e/docker/$2"; }
if [ -d "$infra" ]; then
  if missing node:22-bookworm-slim apache/kafka:4.3.1 confluentinc/cp-kafka:7.9.0 confluentinc/cp-zookeeper:7.9.0; then
    NODES=22 timed 'base images' bash "$infra/docker-base-images.sh"
  fi
  stand_in postgres:17 postgres
  if [ "${1:-}" = --full ]; then
    stand_in redis:7-alpine redis
    bash "$infra/unpack.sh" docker-compose docker-buildx
  fi
fi

E2E_DOCKER=1 node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects e2e --runInBand \
  --verbose --testPathPatterns "$tests"
