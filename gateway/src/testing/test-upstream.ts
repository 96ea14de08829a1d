import grpc from '@grpc/grpc-js';
import { toGrpcError } from '@msx/runtime';
import type { MethodDefinition, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

type Handler<M> =
  M extends MethodDefinition<infer Request, infer Response>
    ? (request: Request, metadata: grpc.Metadata) => Response | Promise<Response>
    : never;

/** The implementation of a generated service definition: a plain function for each RPC. */
export type Handlers<D> = { [M in keyof D]: Handler<D[M]> };

/** A real gRPC server on a free port that records its calls, and can be stopped and restarted. */
export class TestUpstream {
  /** The names of the called RPCs, in order. */
  readonly calls: string[] = [];
  readonly metadata: grpc.Metadata[] = [];
  private server = new grpc.Server();
  private port = 0;
  private hanging = false;

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly handlers: Record<string, (request: never, metadata: grpc.Metadata) => unknown>,
  ) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = new grpc.Server();
    this.server.addService(this.definition, this.implementation());
    this.port = await new Promise<number>((resolve, reject) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      this.server.bindAsync(this.address, credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** Accepts calls without responding, until `hang(false)`. */
  hang(hanging = true): void {
    this.hanging = hanging;
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private implementation(): UntypedServiceImplementation {
    const methods = Object.entries(this.handlers).map(([name, handler]) => {
      const method: grpc.handleUnaryCall<never, unknown> = ({ request, metadata }, reply) => {
        this.calls.push(name);
        this.metadata.push(metadata);
        if (this.hanging) return;
        const handle = async (): Promise<unknown> => handler(request, metadata);
        handle().then(
          (response) => reply(null, response),
          (error: unknown) => reply(toGrpcError(error, 'fixture')),
        );
      };
      return [name, method];
    });
    return Object.fromEntries(methods) as UntypedServiceImplementation;
  }
}
