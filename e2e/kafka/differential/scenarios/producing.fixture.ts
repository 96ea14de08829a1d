import { createTopic, end, produce, read, scenario, YESTERDAY, type Scenario } from './scenario.fixture.js';

const message = (fields: Readonly<Record<string, unknown>>) => ({ partition: 0, ...fields });
const send = (...messages: readonly Readonly<Record<string, unknown>>[]) => ({
  do: 'produce',
  topic: '$t',
  messages: messages.map(message),
});

const acknowledgements = [0, 1, -1].map((acks) =>
  scenario(`acks-${acks}`, createTopic(), { ...produce('a', 'b'), acks }, end, read()),
);

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const compressed = codecs.map((compression) =>
  scenario(
    `compression-${compression}`,
    createTopic(),
    { ...send({ key: 'k', value: { bytes: 10_000 } }, { value: 'b' }), compression },
    end,
    read(),
  ),
);

/** The topic is compressed by the broker, whatever the producer sends. */
const recompressed = ['gzip', 'uncompressed', 'producer'].map((codec) =>
  scenario(
    `topic-compression-${codec}`,
    createTopic(1, { 'compression.type': codec }),
    { ...produce('a', 'b'), compression: codec === 'gzip' ? 'none' : 'gzip' },
    end,
    read(),
  ),
);

const contents = [
  scenario(
    'headers',
    createTopic(),
    send({ key: 'k', value: 'v', headers: { one: '1', empty: '', ü: 'ü' } }),
    end,
    read(),
  ),
  scenario(
    'null-and-empty',
    createTopic(),
    send({ key: null, value: null }, { key: '', value: '' }),
    end,
    read(),
  ),
  scenario(
    'timestamps',
    createTopic(),
    send({ value: 'old', timestamp: YESTERDAY }, { value: 'older', timestamp: YESTERDAY - 1000 }),
    end,
    read(),
  ),
  scenario(
    'log-append-time',
    createTopic(1, { 'message.timestamp.type': 'LogAppendTime' }),
    send({ value: 'old', timestamp: YESTERDAY }),
    end,
    read(),
  ),
  scenario(
    'partitions',
    createTopic(3),
    send({ key: '0', value: 'a', partition: 0 }, { key: '1', value: 'b', partition: 1 }),
    send({ key: '2', value: 'c', partition: 2 }, { key: '1', value: 'd', partition: 1 }),
    ...[0, 1, 2].map((partition) => send({ value: 'end', partition })),
    read({ partitions: 3 }),
  ),
];

const refusals = [
  scenario('too-large', createTopic(), send({ value: { bytes: 1_100_000 } }), produce('a'), end, read()),
  scenario(
    'too-large-for-the-topic',
    createTopic(1, { 'max.message.bytes': '2000' }),
    send({ value: { bytes: 3_000 } }),
  ),
  scenario(
    'large',
    createTopic(1, { 'max.message.bytes': '900000' }),
    send({ value: { bytes: 800_000 } }),
    end,
    read(),
  ),
  scenario('no-such-partition', createTopic(2), send({ value: 'a', partition: 2 })),
  scenario(
    'compacted-without-key',
    createTopic(1, { 'cleanup.policy': 'compact' }),
    send({ value: 'a' }),
    produce('b'),
  ),
  scenario('two-days-ahead', createTopic(), send({ value: 'a', timestamp: YESTERDAY + 3 * 86_400_000 })),
  scenario(
    'too-old',
    createTopic(1, { 'message.timestamp.before.max.ms': '60000' }),
    send({ value: 'a', timestamp: YESTERDAY }),
  ),
  scenario('not-enough-replicas', createTopic(1, { 'min.insync.replicas': '2' }), {
    ...produce('a'),
    producer: 'impatient',
  }),
];

const naming = [
  scenario('auto-create', produce('a'), end, read(), { do: 'describeTopic', topic: '$t' }),
  scenario('invalid-topic-name', { ...produce('a'), topic: '$t/no' }),
  scenario(
    'after-deletion',
    createTopic(),
    produce('a'),
    { do: 'deleteTopics', topics: ['$t'] },
    createTopic(),
    end,
    read(),
  ),
];

const idempotent = { do: 'producer', name: 'p', idempotent: true };
const idempotence = [
  scenario(
    'idempotent',
    createTopic(2),
    idempotent,
    { ...produce('a', 'b'), producer: 'p' },
    { ...end, producer: 'p' },
    read(),
  ),
  scenario(
    'two-idempotent-producers',
    createTopic(),
    idempotent,
    { ...idempotent, name: 'q' },
    ...['a', 'b', 'c', 'd'].map((value, n) => ({ ...produce(value), producer: n % 2 ? 'q' : 'p' })),
    end,
    read(),
  ),
];

export const producing: readonly Scenario[] = [
  ...acknowledgements,
  ...compressed,
  ...recompressed,
  ...contents,
  ...refusals,
  ...naming,
  ...idempotence,
];
