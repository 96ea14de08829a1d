// CreateAcls, versions 1–3: refused, because this broker has no authorizer, as Apache Kafka without one.
// Left out: access control.
// From: KIP-140, KIP-290 (resource patterns).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const createAcls = api({
  key: 30,
  name: 'CreateAcls',
  versions: [1, 3],
  flexible: 2,
  request: {
    creations: arrayOf({
      resourceType: int8,
      resourceName: string,
      resourcePatternType: int8.default(3),
      principal: string,
      host: string,
      operation: int8,
      permissionType: int8,
    }),
  },
  response: {
    throttleTimeMs: int32,
    results: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable(),
    }),
  },
});
