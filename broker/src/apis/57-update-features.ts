// UpdateFeatures, versions 0–2: changes the finalized levels of features.
// Left out: the timeout; metadata.version has one level.
// From: KIP-584, KIP-778 (upgrade types), KIP-1022 (versions of features).
import { api } from '../wire/api.js';
import { arrayOf, bool, int16, int32, int8, string } from '../wire/types.js';

export const updateFeatures = api({
  key: 57,
  name: 'UpdateFeatures',
  versions: [0, 2],
  flexible: 0,
  request: {
    timeoutMs: int32.default(60000),
    featureUpdates: arrayOf({
      feature: string,
      maxVersionLevel: int16,
      allowDowngrade: bool.until(0),
      upgradeType: int8.since(1).default(1),
    }),
    validateOnly: bool.since(1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    results: arrayOf({
      feature: string,
      errorCode: int16,
      errorMessage: string.nullable(),
    }).until(1),
  },
});
