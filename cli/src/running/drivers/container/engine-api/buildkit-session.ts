import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/grpc-js';
import type { EngineApi } from './engine-api.js';

export interface Session {
  readonly id: string;
  close(): void;
}

const bytes = (value: Buffer): Buffer => value;

/** BuildKit asks for the credentials of a registry; its messages are not read here. */
const AUTH: ServiceDefinition = {
  Credentials: {
    path: '/moby.filesync.v1.Auth/Credentials',
    requestStream: false,
    responseStream: false,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  },
};

const NO_CREDENTIALS = Buffer.alloc(0);

/**
 * Opens the session that a build with BuildKit needs: a connection on which BuildKit calls us by gRPC. Base images are
 * pulled anonymously.
 */
export async function openSession(api: EngineApi): Promise<Session> {
  const id = randomUUID();
  const headers = {
    connection: 'Upgrade',
    upgrade: 'h2c',
    'x-docker-expose-session-uuid': id,
    'x-docker-expose-session-name': 'msx',
  };
  const socket = await api.upgrade('/session', { method: 'POST', headers });
  const server = new Server();
  server.addService(AUTH, {
    Credentials: (_: unknown, answer: (error: null, value: Buffer) => void) => answer(null, NO_CREDENTIALS),
  });
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  const close = () => {
    server.forceShutdown();
    socket.end();
  };
  return { id, close };
}
