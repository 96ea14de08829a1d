// DescribeAcls, versions 1–3: refused, because this broker has no authorizer, as Apache Kafka without one.
// Left out: access control.
// From: KIP-140, KIP-290 (resource patterns).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const describeAcls = api({
  key: 29,
  name: 'DescribeAcls',
  versions: [1, 3],
  flexible: 2,
  request: {
    resourceTypeFilter: int8,
    resourceNameFilter: string.nullable(),
    patternTypeFilter: int8.default(3),
    principalFilter: string.nullable(),
    hostFilter: string.nullable(),
    operation: int8,
    permissionType: int8,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    resources: arrayOf({
      resourceType: int8,
      resourceName: string,
      patternType: int8.default(3),
      acls: arrayOf({
        principal: string,
        host: string,
        operation: int8,
        permissionType: int8,
      }),
    }),
  },
});
