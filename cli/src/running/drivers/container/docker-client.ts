import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Docker } from './engine-api/docker.js';
import { EngineApi } from './engine-api/engine-api.js';

export interface DockerClient {
  docker: Docker;
  /** The address of its engine, in the form of DOCKER_HOST. */
  host: string;
}

const ANSWER_TIMEOUT_MS = 10_000;
const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** A client for the engine that the user's docker command uses. Does not connect yet. */
export function dockerClient(
  environment: NodeJS.ProcessEnv,
  { timeout }: { timeout?: number } = {},
): DockerClient {
  const host = dockerHost(environment);
  return { docker: new Docker(new EngineApi(host, environment, timeout)), host };
}

/** Throws unless the engine answers: it may be paused or overloaded. */
export async function checkAnswers(
  environment: NodeJS.ProcessEnv,
  timeout = ANSWER_TIMEOUT_MS,
): Promise<void> {
  await dockerClient(environment, { timeout })
    .docker.ping()
    .catch((error: Error) => {
      throw (error.cause as Error | undefined)?.name === 'TimeoutError'
        ? new Error(`no answer within ${timeout / 1_000} s`)
        : error;
    });
}

/** DOCKER_HOST, else the endpoint of the current docker context, else the default socket. */
export function dockerHost(environment: NodeJS.ProcessEnv): string {
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG } = environment;
  if (DOCKER_HOST) return DOCKER_HOST;
  const folder = DOCKER_CONFIG ?? join(homedir(), '.docker');
  const context =
    DOCKER_CONTEXT ?? read<{ currentContext?: string }>(join(folder, 'config.json'))?.currentContext;
  return (context && context !== 'default' && endpointOf(folder, context)) || DEFAULT_HOST;
}

/** The docker command stores a context in a folder named after the hash of its name. */
function endpointOf(folder: string, context: string): string | undefined {
  const hash = createHash('sha256').update(context).digest('hex');
  const file = join(folder, 'contexts/meta', hash, 'meta.json');
  return read<{ Endpoints?: { docker?: { Host?: string } } }>(file)?.Endpoints?.docker?.Host;
}

const read = <T>(file: string): T | undefined => {
  try {
    return existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as T)
      : undefined;
  } catch {
    return undefined;
  }
};
