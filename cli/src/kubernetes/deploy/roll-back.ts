import { MsxError } from '../../errors/msx-error.js';
import { ApiProxy } from './api-proxy.js';
import { awaitRollout, idOf } from './await-rollout.js';
import type { DeployWish } from './deploy.js';
import { failuresOf } from './failures.js';
import { revisionsOf } from './revisions.js';
import type { Workload } from './workload.js';

/** @returns the Deployments that went back. Throws NOT_DEPLOYED, ROLLOUT_FAILED */
export async function rollBack(wish: Omit<DeployWish, 'rollback'>): Promise<string[]> {
  const { kubectl, cluster, audience, signal, timeoutMs } = wish;
  const system = cluster.system.name;
  const names = [...(await revisionsOf(kubectl, system)).keys()];
  if (names.length === 0) throw new MsxError('NOT_DEPLOYED', { system, namespace: cluster.namespace });
  const back: string[] = [];
  for (const name of names) {
    const undone = await kubectl.run(['rollout', 'undo', `deployment/${name}`]).then(
      () => true,
      (error: MsxError) => {
        if (/no rollout history|no last revision/i.test(error.message)) return false;
        throw error;
      },
    );
    if (undone) back.push(name);
  }
  const goal = {
    ...{ system, signal, deadline: Date.now() + timeoutMs },
    workloads: back.map((name) => idOf({ kind: 'Deployment', name })),
    show: (shown: readonly Workload[]) => audience.rollout(shown),
  };
  const { workloads, outcome } = await ApiProxy.during(kubectl, (api) => awaitRollout(api, goal), signal);
  if (outcome === 'done') return back;
  throw new MsxError('ROLLOUT_FAILED', {
    failures: await failuresOf(kubectl, workloads),
    rolledBack: [],
    kept: true,
  });
}
