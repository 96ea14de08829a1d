// DeleteAcls, versions 1–3: refused, because this broker has no authorizer, as Apache Kafka without one.
// Left out: access control.
// From: KIP-140, KIP-290 (resource patterns).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const deleteAcls = api({
  key: 31,
  name: 'DeleteAcls',
  versions: [1, 3],
  flexible: 2,
  request: {
    filters: arrayOf({
      resourceTypeFilter: int8,
      resourceNameFilter: string.nullable(),
      patternTypeFilter: int8.default(3),
      principalFilter: string.nullable(),
      hostFilter: string.nullable(),
      operation: int8,
      permissionType: int8,
    }),
  },
  response: {
    throttleTimeMs: int32,
    filterResults: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable(),
      matchingAcls: arrayOf({
        errorCode: int16,
        errorMessage: string.nullable(),
        resourceType: int8,
        resourceName: string,
        patternType: int8.default(3),
        principal: string,
        host: string,
        operation: int8,
        permissionType: int8,
      }),
    }),
  },
});
