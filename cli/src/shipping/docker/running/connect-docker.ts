import { checkAnswers, dockerClient, dockerHost } from '../../../running/drivers/container/docker-client.js';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such socket',
  ECONNREFUSED: 'nothing is listening there',
  EACCES: 'this user has no permission to use it',
};

/** A client for an engine that is known to answer. Throws DOCKER_UNAVAILABLE. */
export async function connectDocker(): Promise<DockerClient> {
  try {
    const client = dockerClient(process.env);
    await checkAnswers(process.env);
    return client;
  } catch (error) {
    throw unavailable(dockerHost(process.env), error);
  }
}

/** DOCKER_LOST if a call failed because the engine is gone; other errors unchanged. */
export function dockerLost(error: unknown, { host }: Pick<DockerClient, 'host'>, doing: string): unknown {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  const gone = ['ECONNRESET', 'EPIPE'].includes(code) || (syscall === 'connect' && code in REASONS);
  return gone ? new MsxError('DOCKER_LOST', { host, doing }, { cause: error }) : error;
}

function unavailable(host: string, error: unknown): MsxError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  return new MsxError('DOCKER_UNAVAILABLE', { host, reason }, { cause: error }) as MsxError;
}
