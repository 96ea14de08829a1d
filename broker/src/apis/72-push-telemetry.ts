// PushTelemetry, version 0: the metrics of a client, which are checked and dropped.
// Left out: everything but the checks, and being announced, as in an Apache Kafka without a plugin that receives metrics.
// From: KIP-714.
import { api } from '../wire/api.js';
import { bool, bytes, int16, int32, int8, uuid } from '../wire/types.js';

export const pushTelemetry = api({
  key: 72,
  name: 'PushTelemetry',
  versions: [0, 0],
  flexible: 0,
  request: {
    clientInstanceId: uuid,
    subscriptionId: int32,
    terminating: bool,
    compressionType: int8,
    metrics: bytes,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
  },
});
