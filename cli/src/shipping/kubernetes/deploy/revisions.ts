import type { Kubectl } from './kubectl.js';
import type { KubeObject } from './workload.js';

/** The current revision of each Deployment of a system. */
export type Revisions = ReadonlyMap<string, string>;

const REVISION = 'deployment.kubernetes.io/revision';

export async function revisionsOf(kubectl: Kubectl, system: string): Promise<Revisions> {
  const selector = `app.kubernetes.io/part-of=${system}`;
  const { items } = await kubectl.json<{ items: KubeObject[] }>(['get', 'deployments', '-l', selector]);
  return new Map(
    items.map(({ metadata }) => [metadata.name, metadata.annotations?.[REVISION] ?? '0'] as const),
  );
}

/** The Deployments whose revision has changed. */
const changedSince = (before: Revisions, now: Revisions): string[] =>
  [...before].filter(([name, revision]) => now.get(name) !== revision).map(([name]) => name);

/** Rolls changed Deployments back to earlier revisions. @returns the names of those that were rolled back */
export async function restoreRevisions(
  kubectl: Kubectl,
  system: string,
  before: Revisions,
): Promise<string[]> {
  const changed = changedSince(before, await revisionsOf(kubectl, system));
  for (const name of changed)
    await kubectl.run(['rollout', 'undo', `deployment/${name}`, `--to-revision=${before.get(name)}`]);
  return changed;
}
