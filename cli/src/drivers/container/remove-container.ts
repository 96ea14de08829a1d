import { dockerClient } from './docker-client.js';
import type Docker from 'dockerode';

/** Ends and removes a container, if there is one of this name. */
export async function removeContainer(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getContainer(name).remove({ force: true });
  } catch (error) {
    // 404: there is none; 409: somebody else is removing it.
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}

/** Removes what an engine has left behind. Without Docker there is nothing that could still run. */
export async function removeContainers(names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { docker } = await dockerClient(process.env);
  await Promise.allSettled(names.map((name) => removeContainer(docker, name)));
}
