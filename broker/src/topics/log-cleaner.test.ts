import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { listOffsets } from '../apis/02-list-offsets.js';
import { createTopic, send } from '../apis/records.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';

const { start, connect } = brokers();

type Details = Record<string, unknown>;

/** Starts a broker, and returns a client and the first matching details that are logged with a message. */
const startWith = async (
  settings: Record<string, string>,
  message: string,
  matches: (details: Details) => boolean = () => true,
) => {
  const lines = new EventEmitter();
  const log = (_: string, msg: string, details: Details = {}): void => {
    if (msg === message && matches(details)) lines.emit('line', details);
  };
  const logged = once(lines, 'line') as Promise<[Details]>;
  return { client: await connect(await start({ settings, log })), logged };
};

const earliest = async (client: WireClient): Promise<number> => {
  const partitions = [{ partitionIndex: 0, timestamp: -2 }];
  const { topics } = await client.call(listOffsets, 7, { topics: [{ name: 'a', partitions }] });
  return topics[0]!.partitions[0]!.offset;
};

describe('the cleaner', () => {
  it('deletes old records, and says so', async () => {
    const settings = { 'log.retention.check.interval.ms': '20' };
    const { client, logged } = await startWith(settings, 'old records deleted');
    await createTopic(client, 'a', { 'retention.ms': '1000' });
    await send(client, 'a', { time: 1 });
    expect(await logged).toMatchObject([{ partition: 'a-0', segments: 1 }]);
    expect(await earliest(client)).toBe(1);
  });

  it('compacts, and says so', async () => {
    const { client, logged } = await startWith(
      { 'log.cleaner.backoff.ms': '20' },
      'log compacted',
      ({ bytesBefore, bytesAfter }) => bytesAfter! < bytesBefore!,
    );
    const config = { 'cleanup.policy': 'compact', 'segment.ms': '1', 'min.cleanable.dirty.ratio': '0' };
    await createTopic(client, 'a', config);
    const now = Date.now();
    for (const time of [now - 100, now - 50, now]) await send(client, 'a', { keys: ['k'], time });
    expect(await logged).toMatchObject([{ partition: 'a-0', segments: 2 }]);
  });
});
