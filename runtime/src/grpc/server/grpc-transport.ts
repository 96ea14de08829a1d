import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from '@grpc/grpc-js';
import { ServerGrpc } from '@nestjs/microservices';
import type { GrpcOptions } from '@nestjs/microservices';
import { addSessionService } from '../../auth/session-service.js';
import type { Sessions } from '../../auth/sessions.js';
import type { Health } from '../../health/health.js';
import type { CertificateFiles } from '../../tls/certificate-files.js';
import { admitCallers } from './admit-callers.js';
import { serverCredentials } from '../../tls/credentials.js';
import { addHealthService } from './health-service.js';
import { toPackageDefinition } from '../wire/package-definition.js';
import type { StaticService } from '../wire/package-definition.js';
import { addReflection } from './reflection.js';
import { refuseMalformed, StrictServer } from './strict-server.js';
import type { OnMalformed } from './strict-server.js';

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  /** `shop.user.v1` */
  readonly packageName: string;
  readonly services: Readonly<Record<string, StaticService>>;
  readonly health: Health;
  readonly sessions: Sessions;
  /** The certificates for mutual TLS; plaintext without them. */
  readonly tls?: CertificateFiles;
  /** The services that may call, by the names in their certificates; without it, any with a certificate. */
  readonly callers?: readonly string[];
  /** After this long, in milliseconds, a client is asked to reconnect, so that it resolves the servers again. */
  readonly maxConnectionAge: number;
  /** Told of requests that are refused before they reach a handler. */
  readonly onMalformed: OnMalformed;
  /** The FileDescriptorSet for reflection; no reflection without it. */
  readonly descriptor?: URL;
}

/** How long calls in flight may take to finish when the server closes. */
const DRAIN_TIMEOUT_MS = 2000;

/** How long a draining server still accepts connections. */
const LINGER_MS = 2500;

/** How long calls may continue on a connection that the client was asked to close. */
const GRACE_MS = 30_000;

/** Nest's gRPC server on generated code, with health and reflection; port 0 picks a free port. */
export class GrpcTransport extends ServerGrpc {
  private server: Server | undefined;
  private boundPort = 0;

  constructor(private readonly transport: TransportOptions) {
    super(toNestOptions(transport));
  }

  get port(): number {
    return this.boundPort;
  }

  override async createClient(): Promise<Server> {
    const {
      host,
      port,
      packageName,
      services,
      health,
      sessions,
      descriptor,
      tls,
      callers,
      maxConnectionAge,
      onMalformed,
    } = this.transport;
    const refuse = refuseMalformed(Object.values(services), onMalformed);
    const server = new StrictServer({
      interceptors: callers && tls ? [admitCallers(callers), refuse] : [refuse],
      'grpc.max_connection_age_ms': maxConnectionAge,
      'grpc.max_connection_age_grace_ms': GRACE_MS,
    });
    addHealthService(
      server,
      health,
      Object.keys(services).map((name) => `${packageName}.${name}`),
    );
    if (sessions.served) addSessionService(server, sessions.served);
    if (descriptor) addReflection(server, descriptor);
    this.boundPort = await new Promise<number>((resolve, reject) => {
      const bound = (error: Error | null, at: number): void => (error ? reject(error) : resolve(at));
      server.bindAsync(`${host}:${port}`, serverCredentials(tls), bound);
    });
    this.server = server;
    return server;
  }

  /**
   * Asks all clients to disconnect, and gives them time to. A client that knows no other server reconnects until it has
   * resolved the name again; if its connection were refused in the meantime, gRPC would fail its calls.
   */
  async drainClients(): Promise<void> {
    this.server?.drain(`${this.transport.host}:${this.boundPort}`, GRACE_MS);
    await delay(LINGER_MS);
  }

  /** Refuses new calls and lets calls in flight finish; those that take too long are cancelled. */
  override async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    const cutOff = setTimeout(() => server.forceShutdown(), DRAIN_TIMEOUT_MS);
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    clearTimeout(cutOff);
  }
}

/**
 * Nest loads @grpc/proto-loader even when it is not needed, which takes a while; naming a package that is loaded anyway
 * avoids that.
 */
function toNestOptions({ packageName, services }: TransportOptions): GrpcOptions['options'] {
  const packageDefinition = toPackageDefinition(packageName, services);
  return { package: packageName, packageDefinition, protoLoader: '@grpc/grpc-js' };
}
