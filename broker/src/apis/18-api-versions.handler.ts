import { apiVersions } from './18-api-versions.js';
import { supportedFeatures, type Features } from '../cluster/features.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { getTelemetrySubscriptions } from './71-get-telemetry-subscriptions.js';
import { pushTelemetry } from './72-push-telemetry.js';
import type { Context, Served } from './handler.js';

type Request = RequestOf<typeof apiVersions>;
type Answer = ResponseOf<typeof apiVersions>;

const PRODUCE = 0;
/** Kafka announces the APIs of metrics only with a plugin that receives them; clients would send theirs for nothing. */
const UNANNOUNCED = new Set([getTelemetrySubscriptions.key, pushTelemetry.key]);

export const answerApiVersions =
  (registry: () => readonly Served[]) =>
  (request: Request, { version, broker }: Pick<Context, 'version' | 'broker'>): Answer => {
    if (!isValidSoftware(request, version)) return invalidSoftware;
    return { apiKeys: announced(registry()), ...featuresFor(version, broker.features) };
  };

/**
 * The APIs of the registry. Produce is announced from version 0, as in Apache Kafka (KAFKA-18659): librdkafka assumes
 * that a broker without Produce 0 does not support compression.
 */
const announced = (registry: readonly Served[]): Answer['apiKeys'] =>
  registry
    .filter(({ api: { key } }) => !UNANNOUNCED.has(key))
    .map(({ api: { key, versions } }) => ({
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

const invalidSoftware: Answer = { errorCode: ErrorCode.INVALID_REQUEST };
