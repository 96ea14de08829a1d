import { MsxError } from '../../../terminal/errors/msx-error.js';
import { readMessages } from './read-messages.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';

/** Pulls an image that is not on this machine, and calls `pulling` first. Throws IMAGE_UNAVAILABLE. */
export async function ensureImage(
  { docker }: DockerClient,
  image: string,
  pulling: () => void,
): Promise<void> {
  const present = await docker.inspectImage(image).then(
    () => true,
    () => false,
  );
  if (present) return;
  pulling();
  try {
    await readMessages(await docker.pull(image), ({ error }) => {
      if (error) throw new Error(error);
    });
  } catch (error) {
    throw new MsxError('IMAGE_UNAVAILABLE', { image, reason: (error as Error).message }, { cause: error });
  }
}
