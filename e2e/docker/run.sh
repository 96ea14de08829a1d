#!/usr/bin/env bash
# Runs the shop on a real Docker Engine: a running one, or one that is started for the tests and stopped afterwards.
# CI runs the whole system once; --full runs all tests.
set -euo pipefail
cd "$(dirname "$0")/../.."
infra=${INFRA:-../shared/infra}
[ "${1:-}" = --full ] && tests=e2e/docker || tests='e2e/docker/(zookeeper|truth|postgres)'
timed() { local name=$1 since=$SECONDS; shift; "$@" >&2; echo "docker: $name took $((SECONDS - since)) s"; }

[ ! -d "$infra" ] || . "$infra/env.sh"
if ! docker info >/dev/null 2>&1; then
  [ -d "$infra" ] || { echo 'SKIPPED: Docker is not available; its tests did not run'; exit 0; }
  trap 'bash "$infra/docker-down.sh"' EXIT
  timed 'starting the engine' bash "$infra/docker-up.sh"
fi

if [ -d "$infra" ]; then
  bash e2e/docker/images.sh "$@"
  bash "$infra/unpack.sh" docker-compose
  [ "${1:-}" != --full ] || bash "$infra/unpack.sh" docker-buildx
fi

E2E_DOCKER=1 bash scripts/jest.sh --selectProjects e2e --runInBand \
  --verbose --testPathPatterns "$tests"
