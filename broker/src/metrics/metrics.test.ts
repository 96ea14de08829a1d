import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { startBroker, type RunningBroker } from '../start-broker.js';

describe('the metrics', () => {
  let broker: RunningBroker;
  let kafka: Kafka;
  beforeAll(async () => {
    broker = await startBroker({ metricsPort: 0 });
    kafka = new Kafka({ brokers: [`127.0.0.1:${broker.port}`], logLevel: logLevel.NOTHING });
  });
  afterAll(() => broker.close());

  const at = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${broker.metricsPort}${path}`, { ...init, signal: AbortSignal.timeout(5000) });
  const scrape = async () => (await at('/metrics')).text();
  const valueOf = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length + 1) ?? NaN,
    );

  it('count requests, bytes, records and lag, and end with the connections', async () => {
    const [admin, producer] = [kafka.admin(), kafka.producer()];
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.createTopics({ topics: [{ topic: 'jobs', numPartitions: 2 }] });
    const messages = [0, 0, 1].map((partition) => ({ partition, value: 'x'.repeat(1000) }));
    await producer.send({ topic: 'jobs', messages });
    await admin.setOffsets({
      groupId: 'workers',
      topic: 'jobs',
      partitions: [{ partition: 0, offset: '1' }],
    });

    const text = await scrape();
    expect(valueOf(text, 'msx_broker_requests_total{api="CreateTopics"}')).toBe(1);
    expect(valueOf(text, 'msx_broker_request_bytes_total{api="Produce"}')).toBeGreaterThan(3000);
    expect(valueOf(text, 'msx_broker_response_bytes_total{api="Metadata"}')).toBeGreaterThan(0);
    expect(valueOf(text, 'msx_broker_records_total{topic="jobs"}')).toBe(3);
    expect(valueOf(text, 'msx_broker_log_bytes{topic="jobs"}')).toBeGreaterThan(3000);
    expect(valueOf(text, 'msx_broker_group_lag{group="workers",topic="jobs"}')).toBe(1);
    expect(valueOf(text, 'msx_broker_partitions')).toBe(2);
    expect(valueOf(text, 'msx_broker_connections')).toBeGreaterThanOrEqual(2);

    await Promise.all([admin.disconnect(), producer.disconnect()]);
    const deadline = Date.now() + 5000;
    while (valueOf(await scrape(), 'msx_broker_connections') > 0) expect(Date.now()).toBeLessThan(deadline);
  });

  it('are in the text format of Prometheus, whatever a client names its group', async () => {
    const admin = kafka.admin();
    await admin.connect();
    await admin.setOffsets({
      groupId: 'a"b\\c\nd',
      topic: 'jobs',
      partitions: [{ partition: 0, offset: '0' }],
    });
    await admin.disconnect();
    const text = await scrape();
    expect(text).toContain('msx_broker_group_lag{group="a\\"b\\\\c\\nd",topic="jobs"} 2');
    const line = /^(# (HELP|TYPE) msx_broker_\w+ .+|msx_broker_\w+(\{(\w+="([^"\\]|\\.)*",?)+\})? \d+)$/;
    for (const each of text.trimEnd().split('\n')) expect(each).toMatch(line);
  });

  it('are the only thing that is served', async () => {
    expect((await at('/')).status).toBe(404);
    expect((await at('/metrics', { method: 'POST' })).status).toBe(405);
    expect((await at('/metrics?x=1')).headers.get('content-type')).toContain('version=0.0.4');
  });

  it('have a port only if they are asked for', async () => {
    const plain = await startBroker({});
    expect(plain.metricsPort).toBeUndefined();
    await plain.close();
    await expect(startBroker({ metricsPort: broker.metricsPort! })).rejects.toThrow(/EADDRINUSE/);
  });
});
