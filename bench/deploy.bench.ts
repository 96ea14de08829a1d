import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finished, ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, timed, type Measurement } from './measure.js';

const ROUNDS = 3;
const NAMESPACE = 'shop-bench';
const WORKLOADS = ['deployments', 'statefulsets'];

/**
 * `msx deploy k8s` against `kubectl apply` and waiting for each rollout, in the cluster of KUBECONFIG, whose node must have
 * the images `shop/<service>:latest`. Both start without a namespace. Without dynamic provisioning, the cluster needs fourteen
 * volumes.
 */
export default async function deploy(): Promise<Measurement[]> {
  if (!existsSync(process.env['KUBECONFIG'] ?? '')) {
    console.log('  SKIPPED: there is no Kubernetes cluster');
    return [];
  }
  const shop = await ShopCopy.create((model) => {
    model.setIn(['broker', 'kafka'], 'kraft');
    model.setIn(['kubernetes'], { namespace: NAMESPACE, replicas: 1, maxReplicas: 1 });
  });
  try {
    await msx(shop, 'render');
    const wall = await compare(
      {
        msx: () => withoutNamespace(() => msx(shop, 'deploy', 'k8s')),
        kubectl: () => withoutNamespace(() => byHand(shop)),
      },
      ROUNDS,
    );
    const cold = await coldStart();
    return [
      { what: 'kubectl apply and rollout status, ms', value: wall.kubectl },
      { what: 'msx deploy k8s, ms', value: wall.msx },
      { what: 'msx deploy k8s ÷ by hand, wall', value: wall.msx / wall.kubectl, bound: 1.1 },
      { what: 'a pod of user-service: created until ready, ms', value: cold },
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
  if (code !== 0) throw new Error(`msx ${args.join(' ')} exited with ${String(code)}\n${stdout}${stderr}`);
}

async function byHand(shop: ShopCopy): Promise<void> {
  kubectl('apply', '-f', join(shop.root, 'k8s'));
  const names = kubectl('get', WORKLOADS.join(), '-o', 'name').trim().split('\n');
  for (const name of names) kubectl('rollout', 'status', name, '--timeout=600s');
}

/** Deletes the pods first and with a short grace period, so that the namespace is removed quickly. */
async function withoutNamespace(work: () => Promise<void>): Promise<number> {
  if (kubectl('get', 'namespace', NAMESPACE, '--ignore-not-found')) {
    kubectl('delete', [...WORKLOADS, 'replicasets', 'jobs'].join(), '--all', '--cascade=orphan');
    kubectl('delete', 'pods', '--all', '--grace-period=1');
    kubectl('delete', 'namespace', NAMESPACE);
  }
  return timed(work);
}

/** Time to start one more pod, when everything that it needs is already there. */
function coldStart(): Promise<number> {
  kubectl('delete', 'hpa', 'user-service');
  return timed(async () => {
    kubectl('scale', 'deployment/user-service', '--replicas=2');
    const ready = 'jsonpath={.status.readyReplicas}=2';
    kubectl('wait', `--for=${ready}`, 'deployment/user-service', '--timeout=120s');
  });
}
