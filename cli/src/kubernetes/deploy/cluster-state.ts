import type { Kubectl } from './kubectl.js';
import type { KubeObject, Workload } from './workload.js';
import { workloadsOf } from './workload-state.js';

const KINDS = 'deployments,statefulsets,jobs,replicasets,pods,events';

/** The workloads of a system as they are now, with what keeps them from being done. */
export async function clusterState(
  kubectl: Kubectl,
  system: string,
  signal?: AbortSignal,
): Promise<Workload[]> {
  const { items } = await kubectl.json<{ items: KubeObject[] }>(['get', KINDS], { signal });
  const ours = items.filter(
    ({ kind, metadata }) => kind === 'Event' || metadata.labels?.['app.kubernetes.io/part-of'] === system,
  );
  return workloadsOf(ours);
}
