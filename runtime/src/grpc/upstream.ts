import { credentials, makeGenericClientConstructor, status } from '@grpc/grpc-js';
import type { Client, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { fromGrpcError } from '../errors/grpc-error.js';
import { channelOptions } from './channel-options.js';
import { HealthService } from './health-protocol.js';
import type { HealthCheckRequest, HealthCheckResponse } from './health-protocol.js';
import type { StaticService } from './package-definition.js';
import { outgoingMetadata } from './request-metadata.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what `infer` needs to match any method
type AnyMethod = MethodDefinition<any, any>;
type RequestOf<M> = M extends { requestDeserialize: (bytes: Buffer) => infer R } ? R : never;
type ResponseOf<M> = M extends { responseDeserialize: (bytes: Buffer) => infer R } ? R : never;

export interface CallOptions {
  /** For how long an answer is awaited, retries included, in milliseconds; 5000 unless told. */
  readonly deadline?: number;
  /** Whether calling twice is calling once: then UNAVAILABLE is tried again until the deadline. */
  readonly idempotent?: boolean;
}

const DEADLINE = 5000;

const FIRST_RETRY = 50;

/** Another service of the system, by its generated definition: `users.call('getUser', { id })`. */
export class Upstream<S extends { readonly [M in keyof S]: AnyMethod }> {
  private readonly client: Client;

  constructor(
    private readonly definition: S,
    private readonly service: string,
    readonly address: string,
  ) {
    const Generic = makeGenericClientConstructor(definition as StaticService, service);
    this.client = new Generic(`dns:///${address}`, credentials.createInsecure(), channelOptions());
  }

  /** @throws DomainError what the service threw; DEADLINE_EXCEEDED or UNAVAILABLE (kind unavailable) when it is away */
  async call<M extends keyof S>(
    method: M,
    request: RequestOf<S[M]>,
    options: CallOptions = {},
  ): Promise<ResponseOf<S[M]>> {
    const deadline = Date.now() + (options.deadline ?? DEADLINE);
    for (let wait = FIRST_RETRY; ; wait *= 2) {
      try {
        return (await this.once(this.definition[method], request, deadline)) as ResponseOf<S[M]>;
      } catch (error) {
        const again = options.idempotent && (error as ServiceError).code === status.UNAVAILABLE;
        if (!again || Date.now() + wait >= deadline) throw fromGrpcError(error as ServiceError);
        await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
      }
    }
  }

  /** Asks the other side's grpc.health.v1. @throws ServiceError */
  async health(deadline: number): Promise<HealthCheckResponse> {
    const request: HealthCheckRequest = { service: this.service };
    return (await this.once(HealthService.Check, request, Date.now() + deadline)) as HealthCheckResponse;
  }

  close(): void {
    this.client.close();
  }

  private once(method: AnyMethod, request: unknown, deadline: number): Promise<unknown> {
    const { path, requestSerialize, responseDeserialize } = method;
    return new Promise((resolve, reject) => {
      const reply = (error: ServiceError | null, response: unknown): void =>
        error ? reject(error) : resolve(response);
      this.client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        outgoingMetadata(),
        { deadline },
        reply,
      );
    });
  }
}
