import { dockerClient, dockerHost } from '../../drivers/container/docker-client.js';
import { MsxError } from '../../errors/msx-error.js';
import type { DockerClient } from '../../drivers/container/docker-client.js';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such socket',
  ECONNREFUSED: 'nothing listens there',
  EACCES: 'this user may not use it',
};

/** A client of an engine that answers. Throws DOCKER_UNAVAILABLE. */
export async function connectDocker(): Promise<DockerClient> {
  try {
    const client = await dockerClient(process.env);
    await client.docker.ping();
    return client;
  } catch (error) {
    throw unavailable(dockerHost(process.env), error);
  }
}

/** What an engine that no longer answers makes of a call; other errors as they are. */
export function lost(error: unknown, { host }: Pick<DockerClient, 'host'>, doing: string): unknown {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  const gone = ['ECONNRESET', 'EPIPE'].includes(code) || (syscall === 'connect' && code in REASONS);
  return gone ? new MsxError('DOCKER_LOST', { host, doing }, { cause: error }) : error;
}

function unavailable(host: string, error: unknown): MsxError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  return new MsxError('DOCKER_UNAVAILABLE', { host, reason }, { cause: error }) as MsxError;
}
