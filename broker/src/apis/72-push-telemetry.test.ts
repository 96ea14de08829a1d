import { describe, expect, it } from '@jest/globals';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { getTelemetrySubscriptions } from './71-get-telemetry-subscriptions.js';
import { pushTelemetry } from './72-push-telemetry.js';

const { start, connect } = brokers();

const clientInstanceId = 'ab'.repeat(16);

const subscribed = async (client: WireClient) => {
  const { subscriptionId } = await client.call(getTelemetrySubscriptions, 0, { clientInstanceId });
  return async (changes: object = {}): Promise<number> =>
    (await client.call(pushTelemetry, 0, { clientInstanceId, subscriptionId, ...changes })).errorCode;
};

describe('PushTelemetry', () => {
  it('accepts metrics once in an interval, and the last ones of a client', async () => {
    const push = await subscribed(await connect(await start()));
    expect(await push()).toBe(ErrorCode.NONE);
    expect(await push()).toBe(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
    expect(await push({ terminating: true })).toBe(ErrorCode.NONE);
    expect(await push({ terminating: true })).toBe(ErrorCode.INVALID_REQUEST);
  });

  it.each([
    ['no id', { clientInstanceId: '0'.repeat(32) }, ErrorCode.INVALID_REQUEST],
    ['an unknown client', { clientInstanceId: 'cd'.repeat(16) }, ErrorCode.UNKNOWN_SUBSCRIPTION_ID],
    ['another subscription', { subscriptionId: 1 }, ErrorCode.UNKNOWN_SUBSCRIPTION_ID],
    ['an unknown compression', { compressionType: 9 }, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE],
    ['too much', { metrics: Buffer.alloc((1 << 20) + 1) }, ErrorCode.TELEMETRY_TOO_LARGE],
  ])('refuses metrics with %s', async (_, changes, code) => {
    const push = await subscribed(await connect(await start()));
    expect(await push(changes)).toBe(code);
  });

  it('lets a client ask again that had an outdated subscription', async () => {
    const client = await connect(await start());
    const push = await subscribed(client);
    expect(await push({ subscriptionId: 1 })).toBe(ErrorCode.UNKNOWN_SUBSCRIPTION_ID);
    const again = await client.call(getTelemetrySubscriptions, 0, { clientInstanceId });
    expect(again.errorCode).toBe(ErrorCode.NONE);
  });
});
