import { MsxError } from '../../errors/msx-error.js';
import type { Kubectl } from './kubectl.js';

/** What would make the pods again. */
const OWNERS = 'cronjobs,jobs,deployments,statefulsets,replicasets';

export interface Removal {
  readonly system: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Nobody is to be served any more, so that no pod has to wait until it is forgotten before it ends. */
const GRACE_S = 2;

/**
 * Deletes the namespace and waits until it is gone, with the volumes that were claimed in it. The pods go first: a
 * namespace that still has some looks again only after half the time that they might take. Throws NOT_DEPLOYED for a
 * namespace that msx did not make.
 */
export async function removeSystem(kubectl: Kubectl, { system, timeoutMs, signal }: Removal): Promise<void> {
  const { namespace } = kubectl.target;
  const { metadata } = await kubectl.json<{ metadata: { labels?: Record<string, string> } }>([
    'get',
    'namespace',
    namespace,
  ]);
  if (metadata.labels?.['app.kubernetes.io/part-of'] !== system)
    throw new MsxError('NOT_DEPLOYED', { system, namespace });
  const wait = `--timeout=${Math.ceil(timeoutMs / 1_000)}s`;
  await kubectl.run(['delete', OWNERS, '--all', '--cascade=orphan', wait], { signal });
  await kubectl.run(['delete', 'pods', '--all', `--grace-period=${GRACE_S}`, wait], { signal });
  await kubectl.run(['delete', 'namespace', namespace, wait], { signal });
}
