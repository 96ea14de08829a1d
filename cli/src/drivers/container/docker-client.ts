import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';

export interface DockerClient {
  docker: Docker;
  /** Where its engine is, as DOCKER_HOST would say it. */
  host: string;
}

const STANDARD = 'unix:///var/run/docker.sock';

/** A client of the engine that the docker command of this person speaks to. Connects to nothing yet. */
export async function dockerClient(environment: NodeJS.ProcessEnv): Promise<DockerClient> {
  const { default: Docker } = await import('dockerode');
  const host = dockerHost(environment);
  if (host.startsWith('unix://')) return { docker: new Docker({ socketPath: host.slice(7) }), host };
  // What DOCKER_HOST holds is read by dockerode itself, with certificates, SSH and all.
  return { docker: new Docker(), host };
}

/** DOCKER_HOST, else the endpoint of the docker context that is in use, else the usual socket. */
export function dockerHost(environment: NodeJS.ProcessEnv): string {
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG } = environment;
  if (DOCKER_HOST) return DOCKER_HOST;
  const folder = DOCKER_CONFIG ?? join(homedir(), '.docker');
  const context =
    DOCKER_CONTEXT ?? read<{ currentContext?: string }>(join(folder, 'config.json'))?.currentContext;
  return (context && context !== 'default' && endpointOf(folder, context)) || STANDARD;
}

/** The docker command keeps a context in a folder called by the hash of its name. */
function endpointOf(folder: string, context: string): string | undefined {
  const hash = createHash('sha256').update(context).digest('hex');
  const file = join(folder, 'contexts/meta', hash, 'meta.json');
  return read<{ Endpoints?: { docker?: { Host?: string } } }>(file)?.Endpoints?.docker?.Host;
}

const read = <T>(file: string): T | undefined => {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
  } catch {
    return undefined;
  }
};
