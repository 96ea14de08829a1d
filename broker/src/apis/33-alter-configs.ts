// AlterConfigs, versions 0–2: replaces all settings of a topic, a broker, a group or a client metrics subscription.
// Left out: listeners and their security, which are set when the broker starts.
// From: KIP-133, KIP-226 (brokers).
import { api } from '../wire/api.js';
import { arrayOf, bool, int16, int32, int8, string } from '../wire/types.js';

export const alterConfigs = api({
  key: 33,
  name: 'AlterConfigs',
  versions: [0, 2],
  flexible: 2,
  request: {
    resources: arrayOf({
      resourceType: int8,
      resourceName: string,
      configs: arrayOf({
        name: string,
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
