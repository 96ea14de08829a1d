import { containersOf } from './containers.js';
import type { DockerClient } from '../../drivers/container/docker-client.js';
import type { Compose } from './compose.js';

/** Ends and removes the containers of a system and their network; with `volumes` what they have stored, too. */
export async function downSystem(
  { docker }: DockerClient,
  compose: Compose,
  { volumes, signal }: { volumes: boolean; signal: AbortSignal },
): Promise<string[]> {
  const before = await containersOf(docker, compose.project);
  await compose.down(volumes ? ['--volumes'] : [], signal);
  return before.map(({ name }) => name);
}
