import { execa } from 'execa';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { imageOf } from '../cluster.js';
import type { Cluster } from '../cluster.js';

/** Enough for gigabytes on a slow disk. */
const LOAD_TIMEOUT_MS = 1_800_000;

/**
 * Loads the images of the services from Docker into the node of a cluster on this machine: all at once, since they share
 * most of their layers. Throws IMAGE_NOT_LOADED, INTERRUPTED.
 */
export async function loadImages(cluster: Cluster, context: string, signal: AbortSignal): Promise<string[]> {
  const images = cluster.system.services.map((service) => imageOf(cluster, service));
  const options = { cancelSignal: signal, stdin: 'ignore' } as const;
  try {
    if (context.startsWith('kind-'))
      await execa('kind', ['load', 'docker-image', ...images, '--name', context.slice(5)], {
        ...options,
        timeout: LOAD_TIMEOUT_MS,
      });
    else if (context === 'minikube')
      await execa('minikube', ['image', 'load', ...images], { ...options, timeout: LOAD_TIMEOUT_MS });
    else await intoContainerd(images, signal);
    return images;
  } catch (error) {
    if (signal.aborted) throw new MsxError('INTERRUPTED', {});
    const { stderr, shortMessage, code } = error as { stderr?: string; shortMessage?: string; code?: string };
    const reason = code === 'ENOENT' ? `${shortMessage}` : stderr?.trim() || String(shortMessage);
    throw new MsxError('IMAGE_NOT_LOADED', { images, reason });
  }
}

/** `CTR` is the command to use where plain `ctr` does not find containerd. */
async function intoContainerd(images: readonly string[], signal: AbortSignal): Promise<void> {
  const [ctr, ...args] = (process.env['CTR'] ?? 'ctr').split(' ');
  const saving = execa('docker', ['save', ...images], {
    cancelSignal: signal,
    stdin: 'ignore',
    encoding: 'buffer',
    buffer: { stdout: false },
    timeout: LOAD_TIMEOUT_MS,
  });
  await saving.pipe(ctr!, [...args, '-n', 'k8s.io', 'images', 'import', '-'], { cancelSignal: signal });
}
