// DescribeConfigs, versions 1–4: the settings of topics, brokers, groups and client metrics, and where they come from.
// Left out: documentation of other settings than those of topics (KIP-569), loggers other than the root (KIP-412).
// From: KIP-133, KIP-226 (synonyms), KIP-569 (types), KIP-714 (client metrics), KIP-848 (groups).
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
