import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import type { RequestOptions } from 'node:https';

/** How to send a request to an engine. */
export interface Connection {
  readonly request: typeof httpRequest;
  readonly options: RequestOptions;
}

const TLS_PORT = '2376';

/**
 * The connection that the docker command would use for this address, in the form of DOCKER_HOST: a socket, TCP, TLS with
 * the certificates in DOCKER_CERT_PATH, or SSH. Throws if a certificate cannot be read.
 */
export function connectionTo(host: string, environment: NodeJS.ProcessEnv): Connection {
  if (host.startsWith('unix://'))
    return { request: httpRequest, options: { socketPath: host.slice('unix://'.length), agent: false } };
  const url = new URL(host);
  if (url.protocol === 'ssh:')
    return { request: httpRequest, options: { createConnection: () => throughSsh(url, environment) } };
  const address = { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || undefined, agent: false };
  const { DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = environment;
  const isPlain = url.protocol !== 'https:' && url.port !== TLS_PORT && !DOCKER_TLS_VERIFY;
  if (isPlain) return { request: httpRequest, options: address };
  const certificates = DOCKER_CERT_PATH ? certificatesIn(DOCKER_CERT_PATH) : {};
  return { request: httpsRequest as typeof httpRequest, options: { ...address, ...certificates } };
}

/** The names that the docker command gives them. */
const certificatesIn = (folder: string) => ({
  ca: readFileSync(join(folder, 'ca.pem')),
  cert: readFileSync(join(folder, 'cert.pem')),
  key: readFileSync(join(folder, 'key.pem')),
});

/** The docker command at the other end connects its input and output to the engine. */
function throughSsh({ hostname, username, port }: URL, env: NodeJS.ProcessEnv): Duplex {
  const login = [...(username ? ['-l', username] : []), ...(port ? ['-p', port] : [])];
  const args = ['-T', ...login, '--', hostname, 'docker', 'system', 'dial-stdio'];
  const ssh = spawn('ssh', args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const stream = Duplex.from({ readable: ssh.stdout, writable: ssh.stdin });
  ssh.on('error', (error) => stream.destroy(error));
  return stream.on('close', () => ssh.kill());
}
