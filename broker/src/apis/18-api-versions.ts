// ApiVersions, versions 0–4: which APIs are served, in which versions; newer requests are answered in version 0.
// Left out: migration from ZooKeeper (KIP-866); the client's name and version are checked, but not stored.
// From: KIP-35, KIP-511 (unknown versions, names of clients), KIP-584 (features).
import { api } from '../wire/api.js';
import { arrayOf, bool, int16, int32, int64, string } from '../wire/types.js';

export const apiVersions = api({
  key: 18,
  name: 'ApiVersions',
  versions: [0, 4],
  flexible: 3,
  request: {
    clientSoftwareName: string.since(3),
    clientSoftwareVersion: string.since(3),
  },
  response: {
    errorCode: int16,
    apiKeys: arrayOf({
      apiKey: int16,
      minVersion: int16,
      maxVersion: int16,
    }),
    throttleTimeMs: int32.since(1),
    supportedFeatures: arrayOf({
      name: string,
      minVersion: int16,
      maxVersion: int16,
    })
      .since(3)
      .tag(0),
    finalizedFeaturesEpoch: int64.since(3).tag(1).default(-1),
    finalizedFeatures: arrayOf({
      name: string,
      maxVersionLevel: int16,
      minVersionLevel: int16,
    })
      .since(3)
      .tag(2),
    zkMigrationReady: bool.since(3).tag(3),
  },
});
