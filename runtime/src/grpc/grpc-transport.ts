import { setTimeout as delay } from 'node:timers/promises';
import { Server } from '@grpc/grpc-js';
import { ServerGrpc } from '@nestjs/microservices';
import type { GrpcOptions } from '@nestjs/microservices';
import type { Health } from '../health/health.js';
import type { CertificateFiles } from '../tls/certificate-files.js';
import { serverCredentials } from '../tls/credentials.js';
import { addHealthService } from './health-service.js';
import { toPackageDefinition } from './package-definition.js';
import type { StaticService } from './package-definition.js';
import { addReflection } from './reflection.js';

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  /** `shop.user.v1` */
  readonly packageName: string;
  readonly services: Readonly<Record<string, StaticService>>;
  readonly health: Health;
  /** What clients have to show a certificate for; plaintext without. */
  readonly tls?: CertificateFiles;
  /** After this long a client is asked to connect anew, which makes it look for servers anew; in milliseconds. */
  readonly maxConnectionAge: number;
  /** The FileDescriptorSet to reflect on; undefined for no reflection. */
  readonly descriptor?: URL;
}

/** How long calls in hand may take to finish when the server closes, in milliseconds. */
const DRAIN = 2000;

/** How long a server that has sent its clients away still takes connections, in milliseconds. */
const LINGER = 2500;

/** How long calls may go on on a connection that its client has been asked to leave, in milliseconds. */
const GRACE = 30_000;

/** Nest's gRPC server on generated code, with health and reflection, and a port that may be any free one. */
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
    const { host, port, packageName, services, health, descriptor, tls, maxConnectionAge } = this.transport;
    const server = new Server({
      'grpc.max_connection_age_ms': maxConnectionAge,
      'grpc.max_connection_age_grace_ms': GRACE,
    });
    addHealthService(
      server,
      health,
      Object.keys(services).map((name) => `${packageName}.${name}`),
    );
    if (descriptor) addReflection(server, descriptor);
    this.boundPort = await new Promise<number>((resolve, reject) => {
      const bound = (error: Error | null, at: number): void => (error ? reject(error) : resolve(at));
      server.bindAsync(`${host}:${port}`, serverCredentials(tls), bound);
    });
    this.server = server;
    return server;
  }

  /**
   * Asks all clients to leave, and waits until they have. One that knows no other server comes back until it has looked
   * their name up again; if nobody took its connection meanwhile, gRPC would fail its calls rather than let them wait.
   */
  async sendAway(): Promise<void> {
    this.server?.drain(`${this.transport.host}:${this.boundPort}`, GRACE);
    await delay(LINGER);
  }

  /** Refuses new calls and lets those in hand finish; those that take too long are cut off. */
  override async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (!server) return;
    const cutOff = setTimeout(() => server.forceShutdown(), DRAIN);
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    clearTimeout(cutOff);
  }
}

/**
 * Nest loads @grpc/proto-loader even where there is nothing to load with it, which takes a while: so it is given the name
 * of a package that is loaded anyway.
 */
function toNestOptions({ packageName, services }: TransportOptions): GrpcOptions['options'] {
  const packageDefinition = toPackageDefinition(packageName, services);
  return { package: packageName, packageDefinition, protoLoader: '@grpc/grpc-js' };
}
