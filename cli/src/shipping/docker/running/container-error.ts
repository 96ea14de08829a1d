import { MsxError } from '../../../terminal/errors/msx-error.js';
import { lastLinesOf } from './containers.js';
import { exitText, isUnhealthy } from './readiness.js';
import type { Docker } from '../../../running/drivers/container/engine-api/docker.js';
import type { ContainerView } from './containers.js';

/** Why a container did not come up, with its last log lines. */
export async function containerError(docker: Docker, container: ContainerView): Promise<MsxError> {
  const { id, name, service, healthSays } = container;
  const lastLines = await lastLinesOf(docker, id).catch(() => []);
  const facts = { service, container: name, lastLines };
  return isUnhealthy(container)
    ? (new MsxError('CONTAINER_UNHEALTHY', { ...facts, health: healthSays }) as MsxError)
    : (new MsxError('CONTAINER_CRASHED', { ...facts, exit: exitText(container) }) as MsxError);
}
