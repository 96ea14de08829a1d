import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';

/** Pulls an image that is not on this machine, and calls `pulling` first. Throws IMAGE_UNAVAILABLE. */
export async function ensureImage(
  { docker }: DockerClient,
  image: string,
  pulling: () => void,
): Promise<void> {
  const present = await docker
    .getImage(image)
    .inspect()
    .then(() => true)
    .catch(() => false);
  if (present) return;
  pulling();
  try {
    const stream = await docker.pull(image);
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    throw new MsxError('IMAGE_UNAVAILABLE', { image, reason: (error as Error).message }, { cause: error });
  }
}
