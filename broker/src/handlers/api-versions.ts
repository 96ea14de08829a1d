import { apiVersions } from '../apis/18-api-versions.js';
import type { ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Served } from './registry.js';

type Answer = ResponseOf<typeof apiVersions>;

const PRODUCE = 0;

/**
 * What is served, straight from the registry. Produce is announced from version 0, as Apache Kafka does
 * (KAFKA-18659): librdkafka takes a broker without Produce 0 for one that cannot compress.
 */
export const answerApiVersions = (registry: readonly Served[]): Answer => ({
  apiKeys: registry.map(({ api: { key, versions } }) => ({
    apiKey: key,
    minVersion: key === PRODUCE ? 0 : versions[0],
    maxVersion: versions[1],
  })),
});

/** A client that asks in a version of the future is told what to ask in instead (KIP-511). */
export const answerUnknownVersion = (registry: readonly Served[]): Answer => ({
  errorCode: ErrorCode.UNSUPPORTED_VERSION,
  ...answerApiVersions(registry),
});
