import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeLogDirs } from './35-describe-log-dirs.js';
import { createTopic, send } from './records.fixture.js';

const { start, connect, directory } = brokers();

/** The bytes of all segments under a directory. */
const segmentBytes = (data: string): number =>
  readdirSync(join(data, 'topics'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .reduce((sum, name) => sum + statSync(join(data, 'topics', name)).size, 0);

describe('DescribeLogDirs', () => {
  it('has the size of each partition, also before its log is opened', async () => {
    const data = directory();
    const broker = await start({ data });
    const client = await connect(broker);
    await createTopic(client, 'empty');
    await createTopic(client, 'a');
    await send(client, 'a', { values: ['x'.repeat(1000)] });
    const { errorCode, results } = await client.call(describeLogDirs, 5, { topics: null });
    expect(errorCode).toBe(ErrorCode.NONE);
    expect(results).toMatchObject([{ errorCode: ErrorCode.NONE, logDir: data, isCordoned: false }]);
    expect(results[0]!.totalBytes).toBeGreaterThan(results[0]!.usableBytes);
    const partitions = (size: number) => [
      { partitionIndex: 0, partitionSize: size, offsetLag: 0, isFutureKey: false },
    ];
    const size = segmentBytes(data);
    expect(size).toBeGreaterThan(1000);
    const expected = [
      { name: 'empty', partitions: partitions(0) },
      { name: 'a', partitions: partitions(size) },
    ];
    expect(results[0]!.topics).toEqual(expected);
    await broker.close();
    const restarted = await connect(await start({ data }));
    expect((await restarted.call(describeLogDirs, 1, { topics: null })).results[0]!.topics).toEqual(expected);
  });

  it('leaves out what does not exist, and repeats nothing', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const topics = [
      { topic: 'a', partitions: [0, 0, 7] },
      { topic: 'x', partitions: [0] },
      { topic: 'a', partitions: [0] },
    ];
    const { results } = await client.call(describeLogDirs, 5, { topics });
    expect(results[0]!.topics).toMatchObject([{ name: 'a', partitions: [{ partitionIndex: 0 }] }]);
    expect(results[0]!.topics[0]!.partitions).toHaveLength(1);
    expect((await client.call(describeLogDirs, 5, { topics: [] })).results[0]!.topics).toEqual([]);
  });

  it('reports a directory that cannot be read', async () => {
    const data = directory();
    const client = await connect(await start({ data }));
    rmSync(data, { recursive: true });
    const { results } = await client.call(describeLogDirs, 5, { topics: null });
    expect(results).toMatchObject([{ errorCode: ErrorCode.KAFKA_STORAGE_ERROR, logDir: data }]);
  });
});
