import { makeGenericClientConstructor, status } from '@grpc/grpc-js';
import type { Client, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { DomainError } from '../errors/domain-error.js';
import { fromGrpcError } from '../errors/grpc-error.js';
import type { Histogram } from '../metrics/histogram.js';
import type { CertificateFiles } from '../tls/certificate-files.js';
import { channelCredentials } from '../tls/credentials.js';
import { channelOptions } from './channel-options.js';
import { Circuit, isSilence } from './circuit.js';
import type { CircuitListener, CircuitState } from './circuit.js';
import { HealthService } from './health-protocol.js';
import type { HealthCheckRequest, HealthCheckResponse } from './health-protocol.js';
import type { StaticService } from './package-definition.js';
import { outgoingMetadata } from './request-metadata.js';
import { namesOf, targetOf } from './upstream-address.js';

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

export interface UpstreamSurroundings {
  /** Its name in msx.yaml, for messages and certificates; its gRPC name unless given. */
  readonly name?: string;
  /** What calls are encrypted with; plaintext without. */
  readonly tls?: CertificateFiles;
  readonly onCircuit?: CircuitListener;
  /** Told of each call that was not answered, in the context of who called: the caller learns only that it was not. */
  readonly onSilence?: (path: string, error: ServiceError) => void;
  /** How long each call took, and how it ended; of health too. */
  readonly calls?: Histogram;
}

const DEADLINE = 5000;

const FIRST_RETRY = 50;

/** A service that restarts is back within a second or two: its callers should not sleep through that. */
const LONGEST_RETRY = 200;

/** Another service of the system, by its generated definition: `users.call('getUser', { id })`. */
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
    { name = service, tls, onCircuit, onSilence, calls }: UpstreamSurroundings = {},
  ) {
    this.measure = (path, code, began) =>
      calls?.observe([name, path, status[code]!], (performance.now() - began) / 1000);
    this.onSilence = onSilence ?? (() => undefined);
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

  /**
   * @throws DomainError what the service threw; of kind unavailable when it is away: DEADLINE_EXCEEDED or UNAVAILABLE, with
   * `retryAfter` in seconds when it was not even called
   */
  async call<M extends keyof S>(
    method: M,
    request: RequestOf<S[M]>,
    options: CallOptions = {},
  ): Promise<ResponseOf<S[M]>> {
    const deadline = Date.now() + (options.deadline ?? DEADLINE);
    for (let wait = FIRST_RETRY; ; wait = Math.min(wait * 2, LONGEST_RETRY)) {
      try {
        const answer = this.breaker.run(() => this.once(this.definition[method], request, deadline));
        return (await answer) as ResponseOf<S[M]>;
      } catch (error) {
        const failure = error instanceof DomainError ? error : this.failureOf(method, error as ServiceError);
        const again = options.idempotent && failure.kind === 'unavailable';
        if (!again || Date.now() + wait >= deadline) throw failure;
        await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
      }
    }
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

  private failureOf(method: keyof S, error: ServiceError): DomainError {
    if (isSilence(error)) this.onSilence(this.definition[method].path, error);
    return fromGrpcError(error);
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
