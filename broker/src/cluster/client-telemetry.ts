import { randomBytes } from 'node:crypto';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** More clients than this are not remembered (Kafka's ClientMetricsManager). */
const MAX_CLIENTS = 16_384;
const MAX_BYTES = 1 << 20;
const PUSH_INTERVAL_MS = 300_000;
/** zstd, lz4, gzip and snappy, by the numbers of record batches, in Kafka's order of preference. */
const COMPRESSION_TYPES = [4, 3, 1, 2];
const UNCOMPRESSED = 0;
const NO_ID = '0'.repeat(32);

interface Instance {
  readonly subscriptionId: number;
  askedAt: number;
  pushedAt: number;
  isTerminating: boolean;
  lastError: ErrorCode;
}

interface Push {
  readonly clientInstanceId: string;
  readonly subscriptionId: number;
  readonly terminating: boolean;
  readonly compressionType: number;
  readonly metrics: Buffer;
}

/** The clients that have asked which of their metrics they should send (KIP-714): none, but not too often. */
export class ClientTelemetry {
  private readonly instances = new Map<string, Instance>();

  constructor(private readonly now: () => number) {}

  /** A client that has no id yet gets one. Throws THROTTLING_QUOTA_EXCEEDED for one that asks again too soon. */
  subscribe(requestedId: string) {
    const clientInstanceId = requestedId === NO_ID ? randomBytes(16).toString('hex') : requestedId;
    const instance = this.instanceOf(clientInstanceId);
    const isOutdated =
      instance.lastError === ErrorCode.UNKNOWN_SUBSCRIPTION_ID ||
      instance.lastError === ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
    if (!isOutdated && !this.isDue(instance))
      throw new KafkaError(ErrorCode.THROTTLING_QUOTA_EXCEEDED, 'the last request was too recent');
    Object.assign(instance, { askedAt: this.now(), lastError: ErrorCode.NONE });
    return {
      clientInstanceId,
      subscriptionId: instance.subscriptionId,
      acceptedCompressionTypes: COMPRESSION_TYPES,
      pushIntervalMs: PUSH_INTERVAL_MS,
      telemetryMaxBytes: MAX_BYTES,
      deltaTemporality: true,
    };
  }

  /** The answer to metrics, in the order of Kafka's checks. */
  push(push: Push): ErrorCode {
    if (push.clientInstanceId === NO_ID) return ErrorCode.INVALID_REQUEST;
    const instance = this.instanceOf(push.clientInstanceId);
    instance.lastError = this.refusal(instance, push);
    if (push.terminating) instance.isTerminating = true;
    return instance.lastError;
  }

  private refusal(instance: Instance, push: Push): ErrorCode {
    if (instance.isTerminating) return ErrorCode.INVALID_REQUEST;
    const isFirst = instance.askedAt > instance.pushedAt;
    if (!isFirst && !push.terminating && !this.isDue(instance)) return ErrorCode.THROTTLING_QUOTA_EXCEEDED;
    instance.pushedAt = this.now();
    if (push.subscriptionId !== instance.subscriptionId) return ErrorCode.UNKNOWN_SUBSCRIPTION_ID;
    if (![UNCOMPRESSED, ...COMPRESSION_TYPES].includes(push.compressionType))
      return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
    return push.metrics.length > MAX_BYTES ? ErrorCode.TELEMETRY_TOO_LARGE : ErrorCode.NONE;
  }

  private isDue({ askedAt, pushedAt }: Instance): boolean {
    return this.now() - Math.max(askedAt, pushedAt) >= PUSH_INTERVAL_MS;
  }

  /** The one that was used least recently is forgotten first. */
  private instanceOf(id: string): Instance {
    const known = this.instances.get(id);
    this.instances.delete(id);
    const instance = known ?? newInstance(id);
    if (this.instances.size >= MAX_CLIENTS) this.instances.delete(this.instances.keys().next().value!);
    this.instances.set(id, instance);
    return instance;
  }
}

/** Whatever a client subscribes to, the id is the same for it until the subscriptions change, which they do not. */
const newInstance = (id: string): Instance => ({
  subscriptionId: Number.parseInt(id.slice(-8), 16) | 0,
  askedAt: -Infinity,
  pushedAt: -Infinity,
  isTerminating: false,
  lastError: ErrorCode.NONE,
});
