import { apiVersions } from './18-api-versions.js';
import type { ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Served } from './handler.js';

type Answer = ResponseOf<typeof apiVersions>;

const PRODUCE = 0;

/**
 * The APIs of the registry. Produce is announced from version 0, as in Apache Kafka (KAFKA-18659): librdkafka assumes
 * that a broker without Produce 0 does not support compression.
 */
export const answerApiVersions = (registry: readonly Served[]): Answer => ({
  apiKeys: registry.map(({ api: { key, versions } }) => ({
    apiKey: key,
    minVersion: key === PRODUCE ? 0 : versions[0],
    maxVersion: versions[1],
  })),
});

/** A client with an unsupported version gets the supported versions (KIP-511). */
export const answerUnknownVersion = (registry: readonly Served[]): Answer => ({
  errorCode: ErrorCode.UNSUPPORTED_VERSION,
  ...answerApiVersions(registry),
});
