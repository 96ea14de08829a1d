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

if [ -d "$infra" ]; then
  bash e2e/docker/images.sh "$@"
  [ "${1:-}" != --full ] || bash "$infra/unpack.sh" docker-compose docker-buildx
fi

E2E_DOCKER=1 node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js --selectProjects e2e --runInBand \
  --verbose --testPathPatterns "$tests"
