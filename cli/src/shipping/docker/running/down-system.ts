import { MsxError } from '../../../terminal/errors/msx-error.js';
import { containersOf } from './containers.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';
import type { Compose } from './compose.js';

/**
 * Stops and removes the containers of a system and their network, including those of services that are no longer in
 * docker-compose.yml; with `volumes` also their data. @returns the names of the removed containers. Throws CONTAINERS_LEFT.
 */
export async function downSystem(
  { docker }: DockerClient,
  compose: Compose,
  { volumes, signal }: { volumes: boolean; signal: AbortSignal },
): Promise<string[]> {
  const before = await containersOf(docker, compose.project);
  await compose.down(volumes ? ['--volumes'] : [], signal);
  const left = await containersOf(docker, compose.project);
  if (left.length > 0) throw new MsxError('CONTAINERS_LEFT', { names: left.map(({ name }) => name) });
  return before.map(({ name }) => name);
}
