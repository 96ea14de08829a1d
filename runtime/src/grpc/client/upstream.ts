import { makeGenericClientConstructor, status } from '@grpc/grpc-js';
import type { Client, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { DomainError } from '../../errors/domain-error.js';
import { fromGrpcError } from '../../errors/grpc-error.js';
import type { Histogram } from '../../metrics/histogram.js';
import type { CertificateFiles } from '../../tls/certificate-files.js';
import { channelCredentials } from '../../tls/credentials.js';
import { channelOptions } from '../wire/channel-options.js';
import { Circuit } from './circuit.js';
import type { CircuitListener, CircuitState } from './circuit.js';
import { HealthService } from '../wire/health-protocol.js';
import type { HealthCheckResponse } from '../wire/health-protocol.js';
import type { StaticService } from '../wire/package-definition.js';
import { outgoingMetadata } from '../wire/request-metadata.js';
import { encodeRequest } from './encode-request.js';
import { isPassing, isSilence } from './silence.js';
import { untilAnswered } from './until-answered.js';
import { namesOf, targetOf } from './upstream-address.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what `infer` needs to match any method
type AnyMethod = MethodDefinition<any, any>;
type RequestOf<M> = M extends { requestDeserialize: (bytes: Buffer) => infer R } ? R : never;
type ResponseOf<M> = M extends { responseDeserialize: (bytes: Buffer) => infer R } ? R : never;

export interface CallOptions {
  /** How long to wait for an answer, retries included, in milliseconds (default: 5000). */
  readonly deadline?: number;
  /** Whether the call may be repeated: it is then retried until the deadline while it is not answered, or the database is away. */
  readonly idempotent?: boolean;
}

export interface UpstreamClientOptions {
  /** Its name in msx.yaml, for messages and certificates (default: its gRPC name). */
  readonly name?: string;
  /** The certificates for TLS; plaintext without them. */
  readonly tls?: CertificateFiles;
  readonly onCircuit?: CircuitListener;
  /** Called for each unanswered call, in the caller's context: the caller does not get the cause. */
  readonly onSilence?: (path: string, error: ServiceError) => void;
  /** The duration and status of each call, health checks included. */
  readonly calls?: Histogram;
}

export const DEFAULT_DEADLINE_MS = 5000;

/** Another service of the system, by its generated definition: `users.read('getUser', { id })`. */
export class Upstream<S extends { readonly [M in keyof S]: AnyMethod }> {
  /** Called when the circuit opens. */
  opened: () => void = () => undefined;
  private readonly client: Client;
  private readonly breaker: Circuit;
  private readonly measure: (path: string, code: number, began: number) => void;
  private readonly onSilence: (path: string, error: ServiceError) => void;

  constructor(
    private readonly definition: S,
    private readonly service: string,
    readonly address: string,
    { name = service, tls, onCircuit, onSilence = () => undefined, calls }: UpstreamClientOptions = {},
  ) {
    this.measure = (path, code, began) =>
      calls?.observe([name, path, status[code]!], (performance.now() - began) / 1000);
    this.onSilence = onSilence;
    const Generic = makeGenericClientConstructor(definition as StaticService, service);
    const names = namesOf(address, name);
    const options = { ...channelOptions(), ...(tls && { 'grpc.ssl_target_name_override': names[0] }) };
    this.client = new Generic(targetOf(address), channelCredentials(tls, names), options);
    this.breaker = new Circuit(name, (state) => {
      onCircuit?.(state);
      if (state === 'open') this.opened();
    });
  }

  /** The state of the circuit breaker. */
  get circuit(): CircuitState {
    return this.breaker.state;
  }

  /** Calls a read-only method, which may be retried. @throws DomainError like `call` */
  read<M extends keyof S>(
    method: M,
    request: RequestOf<S[M]>,
    options: CallOptions = {},
  ): Promise<ResponseOf<S[M]>> {
    return this.call(method, request, { ...options, idempotent: true });
  }

  /**
   * @throws DomainError of kind invalid when the request cannot be encoded; the error that the service threw; of kind unavailable without an answer: DEADLINE_EXCEEDED or
   * UNAVAILABLE, with `retryAfter` in seconds when the circuit is open
   */
  async call<M extends keyof S>(
    method: M,
    request: RequestOf<S[M]>,
    { deadline: timeoutMs = DEFAULT_DEADLINE_MS, idempotent = false }: CallOptions = {},
  ): Promise<ResponseOf<S[M]>> {
    const deadline = Date.now() + timeoutMs;
    const definition: AnyMethod = this.definition[method];
    const bytes = encodeRequest(definition.requestSerialize, request);
    const once = () => this.once(definition, bytes, deadline);
    const called = async (): Promise<unknown> => {
      try {
        return await once();
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (isSilence(error)) this.onSilence(definition.path, error);
        if (!idempotent) throw error;
        return untilAnswered(once, deadline);
      }
    };
    return (await this.breaker.run(called).catch(rethrow)) as ResponseOf<S[M]>;
  }

  /** Calls the grpc.health.v1 service of the upstream. @throws ServiceError */
  async health(deadline: number): Promise<HealthCheckResponse> {
    const request = HealthService.Check.requestSerialize({ service: this.service });
    return (await this.once(HealthService.Check, request, Date.now() + deadline)) as HealthCheckResponse;
  }

  /** Call it when the service has hung for as long as a call waits: further calls would only time out. */
  hangs(): void {
    this.breaker.forceOpen();
  }

  /** Call it when the service is available again: closes the circuit. */
  recovered(): void {
    this.breaker.reset();
  }

  close(): void {
    this.client.close();
  }

  private once(method: AnyMethod, request: Buffer, deadline: number): Promise<unknown> {
    const { path, responseDeserialize } = method;
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const reply = (error: ServiceError | null, response: unknown): void => {
        this.measure(path, error?.code ?? status.OK, began);
        if (error) reject(error);
        else resolve(response);
      };
      this.client.makeUnaryRequest(
        path,
        asIs,
        responseDeserialize,
        request,
        outgoingMetadata(),
        { deadline },
        reply,
      );
    });
  }
}

const asIs = (bytes: Buffer): Buffer => bytes;

function rethrow(error: unknown): never {
  throw error instanceof DomainError ? error : fromGrpcError(error as ServiceError);
}
