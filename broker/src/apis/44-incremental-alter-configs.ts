// IncrementalAlterConfigs, versions 0–1: sets, deletes, appends to or subtracts from single settings of a resource.
// Left out: listeners and their security, which are set when the broker starts; log levels (KIP-412).
// From: KIP-339, KIP-226 (brokers), KIP-714 (client metrics), KIP-848 (groups).
import { api } from '../wire/api.js';
import { arrayOf, bool, int16, int32, int8, string } from '../wire/types.js';

export const incrementalAlterConfigs = api({
  key: 44,
  name: 'IncrementalAlterConfigs',
  versions: [0, 1],
  flexible: 1,
  request: {
    resources: arrayOf({
      resourceType: int8,
      resourceName: string,
      configs: arrayOf({
        name: string,
        configOperation: int8,
        value: string.nullable(),
      }),
    }),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    responses: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable(),
      resourceType: int8,
      resourceName: string,
    }),
  },
});
