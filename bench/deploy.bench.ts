import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finished, ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, timed, type Measurement } from './measure.js';

const ROUNDS = 3;
const NAMESPACE = 'shop-bench';
const WORKLOADS = ['deployments', 'statefulsets'];

/**
 * `msx deploy k8s` against `kubectl apply` and waiting for each rollout, in the cluster of KUBECONFIG, whose node has
 * the images `shop/<service>:latest`. Both begin with no namespace; where volumes are not made when they are asked for,
 * fourteen have to be there.
 */
export default async function deploy(): Promise<Measurement[]> {
  if (!existsSync(process.env['KUBECONFIG'] ?? '')) {
    console.log('  SKIPPED: no Kubernetes here');
    return [];
  }
  const shop = await ShopCopy.create((model) => {
    model.setIn(['broker', 'kafka'], 'kraft');
    model.setIn(['kubernetes'], { namespace: NAMESPACE, replicas: 1, maxReplicas: 1 });
  });
  try {
    await msx(shop, 'render');
    const wall = await compare(
      { msx: () => afresh(() => msx(shop, 'deploy', 'k8s')), kubectl: () => afresh(() => byHand(shop)) },
      ROUNDS,
    );
    const cold = await coldStart();
    return [
      { what: 'kubectl apply and rollout status, ms', value: wall.kubectl },
      { what: 'msx deploy k8s, ms', value: wall.msx },
      { what: 'msx deploy k8s ÷ by hand, wall', value: wall.msx / wall.kubectl, bound: 1.1 },
      { what: 'a pod of user-service: made until ready, ms', value: cold },
    ];
  } finally {
    kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
    await shop.destroy();
  }
}

const kubectl = (...args: string[]): string =>
  execFileSync('kubectl', ['--namespace', NAMESPACE, ...args], { encoding: 'utf8', stdio: 'pipe' });

async function msx(shop: ShopCopy, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await finished(shop.start(...args));
  if (code !== 0) throw new Error(`msx ${args.join(' ')} ended with ${String(code)}\n${stdout}${stderr}`);
}

async function byHand(shop: ShopCopy): Promise<void> {
  kubectl('apply', '-f', join(shop.root, 'k8s'));
  const names = kubectl('get', WORKLOADS.join(), '-o', 'name').trim().split('\n');
  for (const name of names) kubectl('rollout', 'status', name, '--timeout=600s');
}

/** The pods go first and at once, so that the namespace is gone soon. */
async function afresh(work: () => Promise<void>): Promise<number> {
  if (kubectl('get', 'namespace', NAMESPACE, '--ignore-not-found')) {
    kubectl('delete', [...WORKLOADS, 'replicasets', 'jobs'].join(), '--all', '--cascade=orphan');
    kubectl('delete', 'pods', '--all', '--grace-period=1');
    kubectl('delete', 'namespace', NAMESPACE);
  }
  return timed(work);
}

/** With everything that a pod needs there already. */
function coldStart(): Promise<number> {
  kubectl('delete', 'hpa', 'user-service');
  return timed(async () => {
    kubectl('scale', 'deployment/user-service', '--replicas=2');
    const ready = 'jsonpath={.status.readyReplicas}=2';
    kubectl('wait', `--for=${ready}`, 'deployment/user-service', '--timeout=120s');
  });
}
