// GetTelemetrySubscriptions, version 0: which of its metrics a client should send, and how often; none.
// Left out: subscriptions, and being announced, as in an Apache Kafka without a plugin that receives metrics.
// From: KIP-714.
import { api } from '../wire/api.js';
import { array, bool, int16, int32, int8, string, uuid } from '../wire/types.js';

export const getTelemetrySubscriptions = api({
  key: 71,
  name: 'GetTelemetrySubscriptions',
  versions: [0, 0],
  flexible: 0,
  request: {
    clientInstanceId: uuid,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    clientInstanceId: uuid,
    subscriptionId: int32,
    acceptedCompressionTypes: array(int8),
    pushIntervalMs: int32,
    telemetryMaxBytes: int32,
    deltaTemporality: bool,
    requestedMetrics: array(string),
  },
});
