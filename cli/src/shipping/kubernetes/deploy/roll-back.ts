import { MsxError } from '../../../terminal/errors/msx-error.js';
import { ApiProxy } from './api-proxy.js';
import { awaitRollout, idOf } from './await-rollout.js';
import type { DeployRequest } from './deploy-run.js';
import { failuresOf } from './failures.js';
import { revisionsOf } from './revisions.js';
import type { Workload } from './workload.js';

/** @returns the Deployments that were rolled back, at least one. Throws NOT_DEPLOYED, NEVER_REPLACED, ROLLOUT_FAILED */
export async function rollBack(request: Omit<DeployRequest, 'rollback'>): Promise<string[]> {
  const { kubectl, cluster, progress, signal, timeoutMs } = request;
  const system = cluster.system.name;
  const names = [...(await revisionsOf(kubectl, system)).keys()];
  if (names.length === 0) throw new MsxError('NOT_DEPLOYED', { system, namespace: cluster.namespace });
  const rolledBack: string[] = [];
  for (const name of names) {
    const undone = await kubectl.run(['rollout', 'undo', `deployment/${name}`]).then(
      () => true,
      (error: MsxError) => {
        if (/no rollout history|no last revision/i.test(error.message)) return false;
        throw error;
      },
    );
    if (undone) rolledBack.push(name);
  }
  if (rolledBack.length === 0) throw new MsxError('NEVER_REPLACED', { system, namespace: cluster.namespace });
  const goal = {
    ...{ system, signal, deadline: Date.now() + timeoutMs },
    workloads: rolledBack.map((name) => idOf({ kind: 'Deployment', name })),
    show: (shown: readonly Workload[]) => progress.rollout(shown),
  };
  const { workloads, outcome } = await ApiProxy.during(kubectl, (api) => awaitRollout(api, goal), signal);
  if (outcome === 'done') return rolledBack;
  throw new MsxError('ROLLOUT_FAILED', {
    failures: await failuresOf(kubectl, workloads),
    rolledBack: [],
    kept: true,
  });
}
