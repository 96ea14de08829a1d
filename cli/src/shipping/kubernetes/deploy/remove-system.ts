import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { Kubectl } from './kubectl.js';

/** The controllers that would create the pods again. */
const OWNERS = 'cronjobs,jobs,deployments,statefulsets,replicasets';

export interface Removal {
  readonly system: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** There are no requests left to serve, so pods need not drain before they exit. */
const GRACE_SECONDS = 2;

/**
 * Deletes the namespace with the volumes claimed in it, and waits until it is gone. The pods go first: while a namespace
 * has pods, Kubernetes checks again only after half of their grace period. Throws NOT_DEPLOYED for a namespace that msx
 * did not create.
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
  await kubectl.run(['delete', 'pods', '--all', `--grace-period=${GRACE_SECONDS}`, wait], { signal });
  await kubectl.run(['delete', 'namespace', namespace, wait], { signal });
}
