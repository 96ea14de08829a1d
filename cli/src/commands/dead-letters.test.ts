import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import { Kafka, logLevel } from 'kafkajs';
import type { Consumer, IHeaders, KafkaMessage, Message } from 'kafkajs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestBroker } from '../inspection/kafka/broker.fixture.js';
import { msx, ShopCopy } from '../shop-copy.fixture.js';

jest.setTimeout(60_000);

const TOPIC = 'toy.made';
const GROUP = 'shelf-service';
const DLQ = `${TOPIC}.${GROUP}.dlq`;

let folder: string;
let broker: TestBroker;
let kafka: Kafka;
let consumer: Consumer;
const received: KafkaMessage[] = [];

/** A run outside of any system. */
const run = (args: readonly string[], cwd = folder) =>
  execa(process.execPath, [msx, 'topics', 'dlq', ...args], {
    ...{ cwd, reject: false, timeout: 30_000, stdin: 'ignore' },
    env: { NODE_OPTIONS: '', NODE_ENV: '', KAFKA_BROKERS: broker?.address ?? '' },
  });
const json = async <T = Record<string, unknown>>(...args: string[]): Promise<T> =>
  JSON.parse((await run([...args, '--json'])).stdout) as T;

async function publish(topic: string, messages: Message[]): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** A letter as the runtime writes it. */
const letter = (id: string | undefined, more: IHeaders = {}): Message => ({
  key: 'k',
  value: `{"id":"${id}"}`,
  headers: {
    ...(id !== undefined && { ce_id: id }),
    ...{ colour: ['red', 'blue'], traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    ...{ 'error-code': 'TOO_BIG', 'error-message': 'the shelf is full', 'error-attempts': '5' },
    ...{ 'error-stack': 'Error: the shelf is full\n    at put', 'error-handler': 'Shelf.onMade' },
    ...{ 'error-service': GROUP, 'error-version': '1.2.3', 'error-time': '2026-01-02T03:04:05.000Z' },
    ...{ 'original-topic': TOPIC, 'original-partition': '0', 'original-offset': '7' },
    ...more,
  },
});

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'msx-dead-letters-'));
  await run(['--help']); // builds the broker if it is stale
  broker = await TestBroker.start();
  kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const names = [TOPIC, DLQ, 'toy.sold', 'toy.lost.gone-service.dlq', `${TOPIC}.gone-service.dlq`];
  await admin.createTopics({ topics: names.map((topic) => ({ topic, numPartitions: 1 })) });
  await admin.disconnect();
  consumer = kafka.consumer({ groupId: GROUP });
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void received.push(message) });
  const cut = { 'error-cut': 'value', 'error-code': 'PoisonMessageError', 'error-message': 'Too large' };
  await publish(DLQ, [
    letter('id-0'),
    letter(undefined, { 'error-code': 'Error', 'error-message': 'Nobody knows' }),
    { value: 'from elsewhere' },
    letter('id-3', cut),
    letter('id-4', {
      ...{ 'error-deaths': '2', 'error-first-letter': `${DLQ}/0/0`, 'error-replayed-by': 'ann@desk' },
      'error-first-time': '2026-01-01T00:00:00.000Z',
    }),
  ]);
  const lost = { ...letter('id-5'), headers: { ...letter('id-5').headers, 'original-topic': 'toy.lost' } };
  await publish('toy.lost.gone-service.dlq', [lost]);
  await publish(`${TOPIC}.gone-service.dlq`, [letter('id-0')]);
});
afterAll(async () => {
  await consumer.disconnect();
  await broker.stop();
  rmSync(folder, { recursive: true });
});

describe('msx topics dlq', () => {
  it('list counts letters by topic, group and cause', async () => {
    const { deadLetters } = await json<{ deadLetters: { name: string; open: number; causes: object[] }[] }>(
      'list',
    );
    expect(deadLetters.map(({ name, open }) => [name, open])).toEqual([
      ['toy.lost.gone-service.dlq', 1],
      [`${TOPIC}.gone-service.dlq`, 1],
      [DLQ, 5],
    ]);
    expect(deadLetters[2]!.causes).toEqual([
      expect.objectContaining({
        code: 'TOO_BIG',
        count: 2,
        diedAgain: 1,
        oldest: '2026-01-02T03:04:05.000Z',
      }),
      expect.objectContaining({ code: 'Error', count: 1 }),
      expect.objectContaining({ code: 'PoisonMessageError', count: 1 }),
      expect.objectContaining({ code: 'not written by msx', count: 1 }),
    ]);
    expect((await run(['list', TOPIC, '-g', GROUP])).stdout).toMatch(
      /^toy\.made +shelf-service +2 .*TOO_BIG$/m,
    );
    expect((await run(['list', 'toy.sold'])).stdout).toBe('no dead letters');
  });

  it('show tells what is known of a letter', async () => {
    const { letters } = await json<{ letters: object[] }>('show', DLQ, '0:4');
    expect(letters).toEqual([
      expect.objectContaining({
        ...{ id: '0:4', group: GROUP, eventId: 'id-4', key: 'k', value: '{"id":"id-4"}' },
        ...{ code: 'TOO_BIG', message: 'the shelf is full', attempts: 5, handler: 'Shelf.onMade' },
        ...{ service: GROUP, version: '1.2.3', traceId: 'a'.repeat(32), deaths: 2 },
        ...{ firstLetter: `${DLQ}/0/0`, firstDiedAt: '2026-01-01T00:00:00.000Z', replayedBy: 'ann@desk' },
        original: { topic: TOPIC, partition: 0, offset: 7 },
        stack: 'Error: the shelf is full\n    at put',
      }),
    ]);
    const { stdout } = await run(['show', TOPIC, '-g', GROUP, '--error', 'nobody']);
    expect(stdout).toMatch(/^0:1 {2}toy\.made\.shelf-service\.dlq\n {2}died +2026-01-02 03:04:05/);
    expect(stdout).toMatch(/^ {2}headers +colour=red\n +colour=blue\n +traceparent=/m);
    expect((await run(['show', TOPIC, '-g', GROUP, '-n', '2'])).stdout).toMatch(/^older ones that match: 3/m);
  });

  it.each([
    ['DEAD_LETTERS_NONE', ['replay', 'toy.sold', '--all']],
    ['TOPIC_MISSING', ['show', 'toy.mad']],
    ['DEAD_LETTER_MISSING', ['show', TOPIC, '0:99']],
    ['DEAD_LETTER_FOREIGN', ['replay', DLQ, '0:2', '--yes']],
    ['DEAD_LETTER_CUT', ['replay', DLQ, '0:3', '--yes']],
    ['DEAD_LETTER_UNDELIVERABLE', ['replay', 'toy.lost', '0:0', '--yes']],
    ['DEAD_LETTER_UNDELIVERABLE', ['replay', TOPIC, '-g', 'gone-service', '--all']],
    ['USAGE', ['replay', TOPIC, 'id-0', '--yes']],
    ['USAGE', ['replay', TOPIC]],
    ['USAGE', ['drop', TOPIC, '0:0', '--all']],
    ['USAGE', ['replay', DLQ, '0:0', '0:1', '--edit', 'package.json', '--yes']],
    ['FILE_UNUSABLE', ['replay', DLQ, '0:0', '--edit', 'none.json', '--yes']],
    ['CONFIRMATION_NEEDED', ['replay', DLQ, '0:0']],
    ['CONFIRMATION_NEEDED', ['drop', DLQ, '0:0']],
  ])('%s: %j changes nothing', async (code, args) => {
    const before = await json('list');
    expect(await json(...args)).toMatchObject({ error: { code } });
    expect(await json('list')).toEqual(before);
    expect(received).toEqual([]);
  });

  it('replay publishes a letter again for its group, with the id of its event', async () => {
    const dry = await run(['replay', DLQ, '--all', '--dry-run']);
    expect(dry.stdout).toMatch(/^0:3 of .* exceeded a limit[^]*^0:2 of .* was not written by msx/m);
    expect(dry.stdout).toMatch(/^Dry run: nothing was changed\.$/m);
    expect(received).toEqual([]);
    const { replayed } = await json<{ replayed: object[] }>('replay', DLQ, '0:0', '0:1', '0:4', '--yes');
    expect(replayed).toHaveLength(3);
    await until('all are received', () => received.length === 3);
    const headersOf = ({ headers = {} }: KafkaMessage) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const [first, second, third] = received.splice(0).map(headersOf);
    expect(first).toEqual({
      ...{ ce_id: 'id-0', colour: 'red,blue', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
      ...{ 'replay-group': GROUP, 'replay-letter': `${DLQ}/0/0`, 'replay-first-letter': `${DLQ}/0/0` },
      ...{ 'replay-first-time': '2026-01-02T03:04:05.000Z', 'replay-deaths': '1' },
      'replay-by': expect.stringMatching(/^.+@.+$/),
    });
    expect(second).toMatchObject({ ce_id: `${TOPIC}/0/7` });
    expect(third).toMatchObject({ 'replay-first-letter': `${DLQ}/0/0`, 'replay-deaths': '2' });
    expect(await json('list', DLQ)).toMatchObject({ deadLetters: [{ open: 2, replayed: 3 }] });
    expect(await json('show', DLQ, 'id-0')).toMatchObject({
      letters: [{ mark: { mark: 'replayed', eventId: 'id-0' } }],
    });
    expect((await run(['replay', DLQ, '--error', 'TOO_BIG', '--yes'])).stdout).toBe(
      `no open dead letter of ${DLQ} can be replayed`,
    );
  });

  it('replay --edit publishes a new event, and records who did it', async () => {
    writeFileSync(join(folder, 'value.json'), '{"id": "small"}\n');
    const { replayed } = await json<{ replayed: { eventId: string }[] }>(
      ...['replay', DLQ, '0:3', '--edit', 'value.json', '--yes'],
    );
    const [{ eventId }] = replayed as [{ eventId: string }];
    expect(replayed).toEqual([expect.objectContaining({ id: '0:3', editedFrom: 'id-3' })]);
    expect(eventId).toMatch(/^[\da-f-]{36}$/);
    await until('it is received', () => received.length === 1);
    const [{ value, headers = {} }] = received.splice(0) as [KafkaMessage];
    expect(String(value)).toBe('{"id": "small"}');
    expect([headers['ce_id'], headers['replay-edited-from']].map(String)).toEqual([eventId, 'id-3']);
    const { letters } = await json<{ letters: { mark: object }[] }>('show', DLQ, '0:3');
    expect(letters[0]!.mark).toMatchObject({ eventId, editedFrom: 'id-3', by: expect.stringMatching(/@/) });
  });

  it('replay keeps to its rate', async () => {
    const startedAt = Date.now();
    await run(['replay', DLQ, '0:0', '0:1', '0:4', '--rate', '1', '--yes']);
    expect(Date.now() - startedAt).toBeGreaterThan(2000);
    await until('all are received', () => received.length === 3);
    received.length = 0;
  });

  it('drop sets a letter aside', async () => {
    expect((await run(['drop', DLQ, '0:2', '--yes'])).stdout).toMatch(
      /^dropped dead letters of .*\.dlq: 1$/m,
    );
    expect(await json('list', DLQ)).toMatchObject({ deadLetters: [{ open: 0, dropped: 1, causes: [] }] });
    expect((await run(['list', DLQ])).stdout).toMatch(/^no dead letters\n.*dropped: 1$/);
  });

  it('a letter to a service of msx.yaml is refused when it does not consume the topic, and its value is checked', async () => {
    const shop = new ShopCopy();
    const name = 'order.created.product-service.dlq';
    const admin = kafka.admin();
    await admin.connect();
    const topics = ['order.created', name, 'order.created.user-service.dlq'].map((topic) => ({ topic }));
    await admin.createTopics({ topics });
    await admin.disconnect();
    const original = { 'original-topic': 'order.created' };
    await publish(name, [letter('id-6', original)]);
    await publish('order.created.user-service.dlq', [letter('id-7', original)]);
    try {
      const gone = await run(['replay', 'order.created', 'id-7', '--yes'], shop.root);
      expect(gone.stderr).toMatch(/user-service does not consume order\.created any longer/);
      const planned = await run(['replay', 'order.created', 'id-6', '--dry-run'], shop.root);
      expect(planned.stdout).toMatch(/^0:0 +product-service/m);
    } finally {
      shop.remove();
    }
  });
});
