import { setTimeout as pause } from 'node:timers/promises';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { dockerLost } from './connect-docker.js';
import { containerError } from './container-error.js';
import { containersOf } from './containers.js';
import { readinessOf } from './readiness.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';
import type { ContainerView } from './containers.js';
import type { ExpectedState, Readiness } from './readiness.js';

const POLL_MS = 200;

export interface WaitOptions {
  readonly client: DockerClient;
  readonly project: string;
  readonly expected: ExpectedState;
  /** The run of compose that starts them; if it fails, so does the wait. */
  readonly work: Promise<unknown>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly show: (readiness: Map<string, Readiness>) => void;
}

/**
 * Waits until compose is done and all services are up. Throws CONTAINER_UNHEALTHY, CONTAINER_CRASHED,
 * CONTAINERS_TIMEOUT, DOCKER_LOST, INTERRUPTED, or the error of compose.
 */
export async function waitUntilUp(options: WaitOptions): Promise<ContainerView[]> {
  const { client, project, expected, timeoutMs, signal, show } = options;
  const began = Date.now();
  let working = true;
  const work = options.work.finally(() => (working = false));
  work.catch(() => {});
  for (;;) {
    const containers = await containersOf(client.docker, project).catch((error: unknown) => {
      throw dockerLost(error, client, 'the wait for its containers');
    });
    const readiness = readinessOf(expected, containers);
    show(readiness);
    const failed = [...readiness.values()].find(({ state }) => state === 'failed');
    const culprit = failed && 'culprit' in failed ? failed.culprit : undefined;
    // A container that failed before this run started is about to be replaced.
    if (culprit && (!working || culprit.startedAt >= began))
      throw await containerError(client.docker, culprit);
    if (!working) await work;
    if (!working && [...readiness.values()].every(({ state }) => state === 'done')) return containers;
    if (signal.aborted) throw new MsxError('INTERRUPTED', {});
    if (Date.now() - began > timeoutMs) throw timeout(timeoutMs, readiness);
    await Promise.race([
      pause(POLL_MS, undefined, { signal }).catch(() => {}),
      ...(working ? [settled(work)] : []),
    ]);
  }
}

const settled = (work: Promise<unknown>): Promise<unknown> => work.catch(() => {});

function timeout(ms: number, readiness: Map<string, Readiness>): MsxError {
  const waiting = [...readiness.values()].filter(({ state }) => state !== 'done').map(({ text }) => text);
  return new MsxError('CONTAINERS_TIMEOUT', { seconds: ms / 1_000, waiting }) as MsxError;
}
