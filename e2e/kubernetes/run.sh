#!/usr/bin/env bash
# Runs the shop in a real Kubernetes cluster, which is started on this machine and taken down afterwards.
# CI runs the whole system once; --full runs all tests, and -t NAME only those with that name.
set -euo pipefail
cd "$(dirname "$0")/../.."
infra=${INFRA:-../shared/infra}
export E2E_KUBERNETES=once
[ "${1:-}" != --full ] || { export E2E_KUBERNETES=full; shift; }
timed() { local name=$1 since=$SECONDS; shift; "$@" >&2; echo "kubernetes: $name took $((SECONDS - since)) s"; }

[ -d "$infra" ] && [ "$(id -u)" = 0 ] || { echo 'SKIPPED: Kubernetes is not available; its tests did not run'; exit 0; }
. "$infra/env.sh"
export PATH="$INFRA_ROOT/kube-bin:$PATH" PV_COUNT=60
cluster=$(mktemp -d)
ours=
down() {
  [ -z "${starting:-}" ] || wait "$starting" || true
  bash "$infra/k8s/kube-down.sh" "$cluster" --purge
  [ -z "$ours" ] || bash "$infra/docker-down.sh"
}
trap down EXIT

if ! docker info >/dev/null 2>&1; then
  ours=1
  timed 'starting the engine' bash "$infra/docker-up.sh"
fi
bash e2e/docker/images.sh

export KUBECONFIG="$cluster/kubeconfig" CTR="$cluster/node-exec ctr -a $cluster/containerd.sock"
into_cluster() { docker save "$@" | $CTR -n k8s.io images import - >/dev/null; }
start_cluster() {
  timed 'starting the cluster' bash "$infra/k8s/kube-up.sh" "$cluster"
  timed 'loading the base images into it' into_cluster "$@"
}
base_images=(apache/kafka:4.3.1 postgres:17)
[ "$E2E_KUBERNETES" = once ] || base_images+=(confluentinc/cp-kafka:7.9.0 confluentinc/cp-zookeeper:7.9.0)
# In parallel with the image build, but not with what both may have to install first.
start_cluster "${base_images[@]}" >"$cluster.log" 2>&1 &
starting=$!
timed 'building the images of the shop' npx --no-install msx docker build --tag e2e
wait "$starting" || { cat "$cluster.log"; exit 1; }
cat "$cluster.log"
rm "$cluster.log"
starting=
[ "$E2E_KUBERNETES" = once ] || into_cluster shop/{api-gateway,user-service,product-service,order-service}:e2e

timed 'the tests' bash scripts/jest.sh --selectProjects e2e \
  --runInBand --testPathPatterns e2e/kubernetes "$@"

# The guide that needs Docker and a cluster.
timed 'the guide' bash scripts/jest.sh --selectProjects e2e \
  --runInBand --verbose --testPathPatterns e2e/guides/guides --testNamePattern deploying
