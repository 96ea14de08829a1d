import { makeGenericClientConstructor, status } from '@grpc/grpc-js';
import type { Client, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { DomainError } from '../errors/domain-error.js';
import { fromGrpcError } from '../errors/grpc-error.js';
import type { Histogram } from '../metrics/histogram.js';
import type { CertificateFiles } from '../tls/certificate-files.js';
import { channelCredentials } from '../tls/credentials.js';
import { channelOptions } from './channel-options.js';
import { Circuit } from './circuit.js';
import type { CircuitListener, CircuitState } from './circuit.js';
import { HealthService } from './health-protocol.js';
import type { HealthCheckRequest, HealthCheckResponse } from './health-protocol.js';
import type { StaticService } from './package-definition.js';
import { outgoingMetadata } from './request-metadata.js';
import { isSilence } from './silence.js';
import { untilAnswered } from './until-answered.js';
import { namesOf, targetOf } from './upstream-address.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what `infer` needs to match any method
type AnyMethod = MethodDefinition<any, any>;
type RequestOf<M> = M extends { requestDeserialize: (bytes: Buffer) => infer R } ? R : never;
type ResponseOf<M> = M extends { responseDeserialize: (bytes: Buffer) => infer R } ? R : never;

export interface CallOptions {
  /** For how long an answer is awaited, retries included, in milliseconds; 5000 unless told. */
  readonly deadline?: number;
  /** Whether calling twice is calling once: then what is not answered is tried again until the deadline. */
  readonly idempotent?: boolean;
}

export interface UpstreamSurroundings {
  /** Its name in msx.yaml, for messages and certificates; its gRPC name unless given. */
  readonly name?: string;
  /** What calls are encrypted with; plaintext without. */
  readonly tls?: CertificateFiles;
  readonly onCircuit?: CircuitListener;
  /** Told of each call that is not answered at once, in the context of who calls: callers never learn why. */
  readonly onSilence?: (path: string, error: ServiceError) => void;
  /** How long each call took, and how it ended; of health too. */
  readonly calls?: Histogram;
}

const DEADLINE = 5000;

/** Another service of the system, by its generated definition: `users.read('getUser', { id })`. */
export class Upstream<S extends { readonly [M in keyof S]: AnyMethod }> {
  /** Called when calls begin to be held back. */
  opened: () => void = () => undefined;
  private readonly client: Client;
  private readonly breaker: Circuit;
  private readonly measure: (path: string, code: number, began: number) => void;
  private readonly onSilence: (path: string, error: ServiceError) => void;

  constructor(
    private readonly definition: S,
    private readonly service: string,
    readonly address: string,
    { name = service, tls, onCircuit, onSilence = () => undefined, calls }: UpstreamSurroundings = {},
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

  /** Whether calls go through: closed, or held back since too many of them were not answered. */
  get circuit(): CircuitState {
    return this.breaker.state;
  }

  /** Calls what changes nothing, and so may be called again. @throws DomainError as `call` does */
  read<M extends keyof S>(
    method: M,
    request: RequestOf<S[M]>,
    options: CallOptions = {},
  ): Promise<ResponseOf<S[M]>> {
    return this.call(method, request, { ...options, idempotent: true });
  }

  /**
   * @throws DomainError what the service threw; of kind unavailable when it is away: DEADLINE_EXCEEDED or UNAVAILABLE, with
   * `retryAfter` in seconds when it was not even called
   */
  async call<M extends keyof S>(
    method: M,
    request: RequestOf<S[M]>,
    { deadline: patience = DEADLINE, idempotent = false }: CallOptions = {},
  ): Promise<ResponseOf<S[M]>> {
    const deadline = Date.now() + patience;
    const once = () => this.once(this.definition[method], request, deadline);
    const called = async (): Promise<unknown> => {
      try {
        return await once();
      } catch (error) {
        if (!isSilence(error)) throw error;
        this.onSilence(this.definition[method].path, error);
        if (!idempotent) throw error;
        return untilAnswered(once, deadline);
      }
    };
    return (await this.breaker.run(called).catch(rethrow)) as ResponseOf<S[M]>;
  }

  /** Asks the other side's grpc.health.v1. @throws ServiceError */
  async health(deadline: number): Promise<HealthCheckResponse> {
    const request: HealthCheckRequest = { service: this.service };
    return (await this.once(HealthService.Check, request, Date.now() + deadline)) as HealthCheckResponse;
  }

  /** To be said when it was away, and is back: calls are no longer held back. */
  recovered(): void {
    this.breaker.reset();
  }

  close(): void {
    this.client.close();
  }

  private once(method: AnyMethod, request: unknown, deadline: number): Promise<unknown> {
    const { path, requestSerialize, responseDeserialize } = method;
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const reply = (error: ServiceError | null, response: unknown): void => {
        this.measure(path, error?.code ?? status.OK, began);
        if (error) reject(error);
        else resolve(response);
      };
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

function rethrow(error: unknown): never {
  throw error instanceof DomainError ? error : fromGrpcError(error as ServiceError);
}
