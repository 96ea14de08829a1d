import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { apiVersions } from './18-api-versions.js';
import { getTelemetrySubscriptions } from './71-get-telemetry-subscriptions.js';

const { start, connect } = brokers();

describe('GetTelemetrySubscriptions', () => {
  it('subscribes to nothing, and makes an id for a client without one', async () => {
    const client = await connect(await start());
    const answer = await client.call(getTelemetrySubscriptions, 0, {});
    expect(answer).toEqual({
      errorCode: ErrorCode.NONE,
      throttleTimeMs: 0,
      clientInstanceId: expect.stringMatching(/[1-9a-f]/),
      subscriptionId: expect.any(Number),
      acceptedCompressionTypes: [4, 3, 1, 2],
      pushIntervalMs: 300_000,
      telemetryMaxBytes: 1_048_576,
      deltaTemporality: true,
      requestedMetrics: [],
    });
  });

  it('refuses a client that asks again too soon', async () => {
    const client = await connect(await start());
    const request = { clientInstanceId: 'ab'.repeat(16) };
    expect(await client.call(getTelemetrySubscriptions, 0, request)).toMatchObject({
      errorCode: ErrorCode.NONE,
      ...request,
    });
    expect(await client.call(getTelemetrySubscriptions, 0, request)).toMatchObject({
      errorCode: ErrorCode.THROTTLING_QUOTA_EXCEEDED,
      clientInstanceId: '0'.repeat(32),
    });
  });

  it('is not announced, so that clients do not ask', async () => {
    const client = await connect(await start());
    const { apiKeys } = await client.call(apiVersions, 0, {});
    expect(apiKeys.map(({ apiKey }) => apiKey)).not.toContain(71);
  });
});
