import { apiVersions } from './18-api-versions.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
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

const { key, versions } = apiVersions;

/** A client with an unsupported version learns which versions of this one API it may use (KIP-511). */
export const unsupportedVersion: Answer = {
  errorCode: ErrorCode.UNSUPPORTED_VERSION,
  apiKeys: [{ apiKey: key, minVersion: versions[0], maxVersion: versions[1] }],
};

type Software = Pick<RequestOf<typeof apiVersions>, 'clientSoftwareName' | 'clientSoftwareVersion'>;
const SOFTWARE = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
/** The first version with the client's name and version. */
const SINCE_SOFTWARE = 3;

/** Whether the client's name and version have the form that KIP-511 requires. */
export const isValidSoftware = (
  { clientSoftwareName: name, clientSoftwareVersion: release }: Software,
  version: number,
): boolean => version < SINCE_SOFTWARE || (SOFTWARE.test(name) && SOFTWARE.test(release));

export const invalidSoftware: Answer = { errorCode: ErrorCode.INVALID_REQUEST };
