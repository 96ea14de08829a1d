import type { Manifest } from '../manifest.js';
import type { Kubectl } from './kubectl.js';
import type { KubeObject } from './workload.js';

/**
 * Removes the Jobs and settings of earlier deployments. Settings stay as long as there is a revision that uses them, for
 * a rollback.
 */
export async function prune(kubectl: Kubectl, system: string, kept: readonly Manifest[]): Promise<string[]> {
  const selector = `app.kubernetes.io/part-of=${system},app.kubernetes.io/managed-by=msx`;
  const { items } = await kubectl.json<{ items: KubeObject[] }>([
    'get',
    'jobs,configmaps,replicasets',
    '-l',
    selector,
  ]);
  const stale = staleObjects(items, kept);
  if (stale.length > 0) await kubectl.run(['delete', ...stale, '--wait=false', '--ignore-not-found']);
  return stale;
}

export function staleObjects(items: readonly KubeObject[], kept: readonly Manifest[]): string[] {
  const used = JSON.stringify(items.filter(({ kind }) => kind === 'ReplicaSet').map(({ spec }) => spec));
  return items
    .filter(({ kind, metadata }) => kind === 'ConfigMap' || (kind === 'Job' && !metadata.ownerReferences))
    .filter(
      ({ kind, metadata }) => !kept.some((one) => one.kind === kind && one.metadata.name === metadata.name),
    )
    .filter(({ metadata: { name } }) => !used.includes(`"${name}"`))
    .map(({ kind, metadata: { name } }) => `${kind.toLowerCase()}/${name}`);
}
