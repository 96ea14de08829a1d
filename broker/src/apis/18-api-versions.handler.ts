import { apiVersions } from './18-api-versions.js';
import { supportedFeatures, type Features } from '../cluster/features.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Context, Served } from './handler.js';

type Request = RequestOf<typeof apiVersions>;
type Answer = ResponseOf<typeof apiVersions>;

const PRODUCE = 0;

/** What a client may call itself, and its version, from version 3 on (KIP-511). */
const SOFTWARE = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

export const answerApiVersions =
  (registry: () => readonly Served[]) =>
  (request: Request, { version, broker }: Pick<Context, 'version' | 'broker'>): Answer => {
    const named = [request.clientSoftwareName, request.clientSoftwareVersion];
    if (version >= 3 && !named.every((text) => SOFTWARE.test(text)))
      return { errorCode: ErrorCode.INVALID_REQUEST };
    return { apiKeys: announced(registry()), ...featuresFor(version, broker.features) };
  };

/** A client with an unsupported version gets the supported versions (KIP-511). */
export const answerUnknownVersion = (registry: readonly Served[]): Answer => ({
  errorCode: ErrorCode.UNSUPPORTED_VERSION,
  apiKeys: announced(registry),
});

/**
 * The APIs of the registry. Produce is announced from version 0, as in Apache Kafka (KAFKA-18659): librdkafka assumes
 * that a broker without Produce 0 does not support compression.
 */
const announced = (registry: readonly Served[]): Answer['apiKeys'] =>
  registry.map(({ api: { key, versions } }) => ({
    apiKey: key,
    minVersion: key === PRODUCE ? 0 : versions[0],
    maxVersion: versions[1],
  }));

/** Clients before version 4 reject a feature whose lowest level is 0 (KAFKA-17011), and level 0 means "not finalized". */
const featuresFor = (version: number, features: Features): Partial<Answer> => ({
  supportedFeatures: supportedFeatures
    .filter(({ range }) => version >= 4 || range[0] > 0)
    .map(({ name, range: [minVersion, maxVersion] }) => ({ name, minVersion, maxVersion })),
  finalizedFeaturesEpoch: features.epoch,
  finalizedFeatures: supportedFeatures
    .map((feature) => ({ name: feature.name, level: features.levelOf(feature) }))
    .filter(({ level }) => level > 0)
    .map(({ name, level }) => ({ name, maxVersionLevel: level, minVersionLevel: level })),
});
