import { MsxError } from '../../errors/msx-error.js';
import { lastLinesOf } from './containers.js';
import { exitText, isUnhealthy } from './readiness.js';
import type Docker from 'dockerode';
import type { ContainerView } from './containers.js';

/** Why a container will not come up, in its own last words. */
export async function containerError(docker: Docker, culprit: ContainerView): Promise<MsxError> {
  const { id, name, service, healthSays } = culprit;
  const lastLines = await lastLinesOf(docker, id).catch(() => []);
  const facts = { service, container: name, lastLines };
  return isUnhealthy(culprit)
    ? (new MsxError('CONTAINER_UNHEALTHY', { ...facts, health: healthSays }) as MsxError)
    : (new MsxError('CONTAINER_CRASHED', { ...facts, exit: exitText(culprit) }) as MsxError);
}
