import { dockerClient } from './docker-client.js';
import type { Docker } from './engine-api/docker.js';

/** Stops and removes the container of this name, if there is one. */
export async function removeContainer(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getContainer(name).remove({ force: true });
  } catch (error) {
    // 404: it does not exist; 409: somebody else is removing it.
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}

const REMOVAL_TIMEOUT_MS = 20_000;

/** Removes containers that an engine has left behind. Without Docker, none of them can be running. */
export async function removeContainers(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { docker } = dockerClient(process.env, { timeout: REMOVAL_TIMEOUT_MS });
  await Promise.allSettled(names.map((name) => removeContainer(docker, name)));
}
