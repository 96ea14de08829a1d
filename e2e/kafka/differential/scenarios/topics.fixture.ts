import {
  createTopic,
  end,
  produce,
  read,
  scenario,
  YESTERDAY,
  type Scenario,
  type Step,
} from './scenario.fixture.js';

const describeTopic: Step = { do: 'describeTopic', topic: '$t' };
const describeConfigs = (...names: readonly string[]): Step => ({
  do: 'describeConfigs',
  topic: '$t',
  names,
});
const create = (fields: Readonly<Record<string, unknown>>): Step => ({
  do: 'createTopics',
  topics: [{ topic: '$t', partitions: 1, replication: 1, ...fields }],
});
const deleteTopic: Step = { do: 'deleteTopics', topics: ['$t'] };
const partitionsTo = (count: number, validateOnly = false): Step => ({
  do: 'createPartitions',
  topic: '$t',
  count,
  validateOnly,
});
const alter = (set: Readonly<Record<string, string>>, remove: readonly string[] = []): Step => ({
  do: 'alterConfigs',
  topic: '$t',
  set,
  remove,
});

const creating = [
  scenario('create-and-describe', create({ partitions: 3 }), describeTopic, { do: 'listTopics' }),
  scenario('create-with-defaults', create({ partitions: -1, replication: -1 }), describeTopic),
  scenario('create-twice', createTopic(), createTopic(), describeTopic),
  scenario('create-with-assignments', create({ assignments: [[1], [1]] }), describeTopic),
  scenario('create-with-unknown-replicas', create({ assignments: [[7]] })),
  scenario('create-only-validated', { ...createTopic(2), validateOnly: true }, { do: 'listTopics' }),
  scenario('create-without-partitions', create({ partitions: 0 })),
  scenario('create-with-too-many-replicas', create({ replication: 3 })),
  ...['', '.', '..', '$t t', '$t/t', '$t' + 'x'.repeat(250)].map((topic, n) =>
    scenario(`create-with-invalid-name-${n}`, {
      do: 'createTopics',
      topics: [{ topic, partitions: 1, replication: 1 }],
    }),
  ),
  scenario(
    'create-with-colliding-name',
    { do: 'createTopics', topics: [{ topic: '$a.b', partitions: 1, replication: 1 }] },
    { do: 'createTopics', topics: [{ topic: '$a_b', partitions: 1, replication: 1 }] },
  ),
  scenario('create-and-one-fails', {
    do: 'createTopics',
    topics: [
      { topic: '$t', partitions: 1, replication: 1 },
      { topic: '$u', partitions: 0, replication: 1 },
    ],
  }),
  scenario(
    'delete-and-create',
    createTopic(2),
    produce('a'),
    deleteTopic,
    { do: 'listTopics' },
    createTopic(1),
    describeTopic,
  ),
  scenario('delete-unknown', deleteTopic),
  scenario('describe-unknown', describeTopic),
];

const growing = [
  scenario('more-partitions', createTopic(2), partitionsTo(4), describeTopic),
  scenario('more-partitions-only-validated', createTopic(2), partitionsTo(4, true), describeTopic),
  ...[0, 1, 2].map((count) =>
    scenario(`${count}-partitions-instead-of-2`, createTopic(2), partitionsTo(count)),
  ),
  scenario('partitions-of-unknown', partitionsTo(2)),
];

const NAMES = ['cleanup.policy', 'max.message.bytes', 'retention.ms', 'min.insync.replicas'];

const valid: Readonly<Record<string, string>>[] = [
  { 'cleanup.policy': 'compact,delete' },
  { 'cleanup.policy': '' },
  { preallocate: 'TRUE' },
  { 'compression.type': 'zstd', 'compression.zstd.level': '5' },
  { 'compression.gzip.level': '1' },
  { 'compression.lz4.level': '9' },
  { 'local.retention.ms': '1000' },
  { 'leader.replication.throttled.replicas': '*' },
  { 'retention.ms': ' 5000 ' },
  { 'min.cleanable.dirty.ratio': '0.3' },
];
const invalid: Readonly<Record<string, string>>[] = [
  { 'segment.bytes': '-5' },
  { 'segment.bytes': '0' },
  { 'segment.bytes': '100' },
  { 'retention.ms': '1.5' },
  { 'retention.ms': '-2' },
  { 'min.insync.replicas': '0' },
  { 'max.message.bytes': '-1' },
  { 'min.cleanable.dirty.ratio': '2' },
  { 'retention.bytes': '99999999999999999999' },
  { 'segment.ms': '0' },
  { 'cleanup.policy': 'shred' },
  { 'no.such.setting': '1' },
  { 'compression.gzip.level': '77' },
  { 'message.timestamp.type': 'Now' },
];
const nameOf = (configs: Readonly<Record<string, string>>) =>
  Object.entries(configs)
    .map(([name, value]) => `${name}-${value}`)
    .join('-')
    .replaceAll(/[^a-z0-9.-]/gi, '_');

const settings = [
  ...valid.map((configs) =>
    scenario(`create-with-${nameOf(configs)}`, create({ configs }), describeConfigs(...Object.keys(configs))),
  ),
  ...invalid.map((configs) => scenario(`refused-${nameOf(configs)}`, create({ configs }))),
  scenario('defaults', createTopic(), describeConfigs(...NAMES)),
  scenario('all-settings', createTopic(), { do: 'describeAllConfigs', topic: '$t' }),
  scenario(
    'alter-and-remove',
    createTopic(1, { 'retention.ms': '1000000' }),
    alter({ 'max.message.bytes': '5000' }, ['retention.ms']),
    { ...describeConfigs('max.message.bytes', 'retention.ms') },
    alter({ 'max.message.bytes': '-1' }),
    alter({ 'no.such.setting': '1' }),
    describeConfigs('max.message.bytes'),
  ),
  scenario(
    'replace',
    createTopic(1, { 'retention.ms': '1000000' }),
    {
      do: 'replaceConfigs',
      topic: '$t',
      configs: { 'max.message.bytes': '5000' },
    },
    describeConfigs('max.message.bytes', 'retention.ms'),
  ),
  scenario('alter-unknown-topic', alter({ 'retention.ms': '1' })),
  scenario('describe-configs-of-unknown-topic', describeConfigs('retention.ms')),
  scenario('broker-settings', {
    do: 'brokerConfigs',
    names: ['auto.create.topics.enable', 'log.retention.hours', 'message.max.bytes', 'num.partitions'],
  }),
];

const listOffsets = (at: unknown): Step => ({ do: 'listOffsets', topic: '$t', at });
const offsets = [
  scenario(
    'offsets-by-time',
    createTopic(),
    ...[0, 1, 2].map((n) => ({
      do: 'produce',
      topic: '$t',
      messages: [{ value: `${n}`, partition: 0, timestamp: YESTERDAY + n * 1000 }],
    })),
    ...['earliest', 'latest', YESTERDAY, YESTERDAY + 1, YESTERDAY + 2000, YESTERDAY + 9000].map(listOffsets),
  ),
  scenario(
    'offset-of-largest-timestamp',
    createTopic(),
    ...[1, 2, 0].map((n) => ({
      do: 'produce',
      topic: '$t',
      messages: [{ value: `${n}`, partition: 0, timestamp: YESTERDAY + n * 1000 }],
    })),
    listOffsets('max'),
  ),
  scenario('offsets-of-empty', createTopic(2), ...['earliest', 'latest', YESTERDAY].map(listOffsets)),
  scenario('offsets-of-unknown', listOffsets('latest')),
  scenario(
    'delete-records',
    createTopic(),
    produce('a', 'b', 'c'),
    { do: 'deleteRecords', topic: '$t', offsets: [[0, 2]] },
    listOffsets('earliest'),
    end,
    read(),
  ),
  scenario(
    'delete-all-records',
    createTopic(),
    produce('a', 'b'),
    { do: 'deleteRecords', topic: '$t', offsets: [[0, -1]], until: 'done' },
    listOffsets('earliest'),
  ),
  scenario('delete-records-out-of-range', createTopic(), produce('a'), {
    do: 'deleteRecords',
    topic: '$t',
    offsets: [[0, 5]],
  }),
  scenario('delete-records-of-compacted', createTopic(1, { 'cleanup.policy': 'compact' }), produce('a'), {
    do: 'deleteRecords',
    topic: '$t',
    offsets: [[0, 1]],
  }),
  scenario('delete-records-of-unknown-partition', createTopic(), {
    do: 'deleteRecords',
    topic: '$t',
    offsets: [[4, 0]],
  }),
];

const cluster = [
  'describeCluster',
  'describeAcls',
  'createAcl',
  'deleteAcls',
  'describeQuotas',
  'describeScram',
  'describeFeatures',
  'logDirs',
  'quorum',
  'reassignments',
  'electLeaders',
  'clientMetrics',
].map((operation) =>
  scenario(
    operation.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    createTopic(),
    { do: operation, topic: '$t' },
  ),
);

export const topics: readonly Scenario[] = [...creating, ...growing, ...settings, ...offsets, ...cluster];
