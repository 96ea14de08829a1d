import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { TestBroker } from './broker.fixture.js';
import { importRequestQueue, loadKafka } from './load-kafka.js';
import type { RequestQueue } from './load-kafka.js';

const installed = new URL('../../../../node_modules/kafkajs/package.json', import.meta.url);
const pinned = new URL('../../../package.json', import.meta.url);
const queue = await importRequestQueue();
const asInstalled = queue.scheduleCheckPendingRequests;
const checkAsInstalled = queue.scheduleRequestTimeoutCheck;

describe('kafkajs', () => {
  let broker: TestBroker;
  beforeAll(async () => {
    broker = await TestBroker.start();
  });
  afterAll(() => broker.remove());
  afterEach(() => void jest.restoreAllMocks());

  it('is the version that the patch was written for', () => {
    const { version } = JSON.parse(readFileSync(installed, 'utf8')) as { version: string };
    const { dependencies } = JSON.parse(readFileSync(pinned, 'utf8')) as {
      dependencies: { kafkajs: string };
    };
    expect([version, dependencies.kafkajs]).toEqual(['2.2.4', '2.2.4']);
  });

  it('schedules a timer even without pending requests; otherwise the patch is no longer needed', () => {
    const timer = jest.spyOn(globalThis, 'setTimeout').mockReturnValue({} as NodeJS.Timeout);
    asInstalled.call({
      pending: [],
      throttledUntil: -1,
      throttleCheckTimeoutId: null,
    } as unknown as RequestQueue);
    expect(timer).toHaveBeenCalledWith(expect.any(Function), expect.any(Number));
  });

  it('sets no timers on an idle connection, and still sends requests afterwards', async () => {
    const { Kafka, logLevel } = await loadKafka();
    const kafka = new Kafka({ clientId: 'idle', brokers: [broker.address], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({ allowAutoTopicCreation: true });
    await producer.connect();
    await producer.send({ topic: 'idle', messages: [{ value: 'before' }] });
    const timeouts = jest.spyOn(globalThis, 'setTimeout');
    const intervals = jest.spyOn(globalThis, 'setInterval');
    await pause(500);
    expect(timeouts).not.toHaveBeenCalled();
    expect(intervals).not.toHaveBeenCalled();
    timeouts.mockRestore();
    await Promise.all(
      [1, 2, 3].map((n) => producer.send({ topic: 'idle', messages: [{ value: String(n) }] })),
    );
    await producer.disconnect();
  });

  it('checks for overdue answers without waiting for one; otherwise the patch is no longer needed', () => {
    const timer = jest.spyOn(globalThis, 'setInterval').mockReturnValue({} as NodeJS.Timeout);
    const nothingSent = {
      inflight: new Map(),
      enforceRequestTimeout: true,
      requestTimeout: 30_000,
      destroy() {},
    };
    checkAsInstalled.call(nothingSent as unknown as RequestQueue);
    expect(timer).toHaveBeenCalledWith(expect.any(Function), 100);
  });

  it('times out a request that is not answered', async () => {
    const { Kafka, logLevel } = await loadKafka();
    const kafka = new Kafka({
      clientId: 'hung',
      brokers: [broker.address],
      logLevel: logLevel.NOTHING,
      requestTimeout: 200,
      retry: { retries: 0 },
    });
    const admin = kafka.admin();
    await admin.connect();
    broker.pause();
    try {
      await expect(admin.listTopics()).rejects.toThrow(/timed out/i);
    } finally {
      broker.resume();
      await admin.disconnect();
    }
  });
});
