// DescribeConfigs, versions 1–4: the settings of topics and of this broker, and where they come from.
// Left out: documentation of settings (KIP-569), loggers (KIP-412), settings of clients (KIP-714) and groups (KIP-848).
// From: KIP-133, KIP-226 (synonyms), KIP-569 (types).
import { api } from '../wire/api.js';
import { array, arrayOf, bool, int16, int32, int8, string } from '../wire/types.js';

export const describeConfigs = api({
  key: 32,
  name: 'DescribeConfigs',
  versions: [1, 4],
  flexible: 4,
  request: {
    resources: arrayOf({
      resourceType: int8,
      resourceName: string,
      configurationKeys: array(string).nullable(),
    }),
    includeSynonyms: bool,
    includeDocumentation: bool.since(3),
  },
  response: {
    throttleTimeMs: int32,
    results: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable(),
      resourceType: int8,
      resourceName: string,
      configs: arrayOf({
        name: string,
        value: string.nullable(),
        readOnly: bool,
        configSource: int8.default(-1),
        isSensitive: bool,
        synonyms: arrayOf({
          name: string,
          value: string.nullable(),
          source: int8,
        }),
        configType: int8.since(3),
        documentation: string.since(3).nullable(),
      }),
    }),
  },
});
