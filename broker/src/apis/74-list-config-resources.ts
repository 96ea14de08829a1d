// ListConfigResources, versions 0–1: the names of resources that have settings; version 0 lists client metrics only.
// Left out: nothing.
// From: KIP-714 (as ListClientMetricsResources), KIP-1142 (other types).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const listConfigResources = api({
  key: 74,
  name: 'ListConfigResources',
  versions: [0, 1],
  flexible: 0,
  request: {
    resourceTypes: array(int8).since(1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    configResources: arrayOf({
      resourceName: string,
      resourceType: int8.since(1).default(16),
    }),
  },
});
