// AlterConfigs, versions 0–2: replaces all settings of a topic.
// Left out: settings of brokers, which are refused.
// From: KIP-133.
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
