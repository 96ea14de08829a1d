import { MsxError } from '../../errors/msx-error.js';
import type { Kubectl } from './kubectl.js';

export interface Removal {
  readonly system: string;
  readonly timeoutS: number;
  readonly signal: AbortSignal;
}

/**
 * Deletes the namespace and waits until it is gone, with the volumes that were claimed in it. Throws NOT_DEPLOYED for a
 * namespace that msx did not make.
 */
export async function removeSystem(kubectl: Kubectl, { system, timeoutS, signal }: Removal): Promise<void> {
  const { namespace } = kubectl.target;
  const { metadata } = await kubectl.json<{ metadata: { labels?: Record<string, string> } }>([
    'get',
    'namespace',
    namespace,
  ]);
  if (metadata.labels?.['app.kubernetes.io/part-of'] !== system)
    throw new MsxError('NOT_DEPLOYED', { system, namespace });
  await kubectl.run(['delete', 'namespace', namespace, `--timeout=${timeoutS}s`], { signal });
}
