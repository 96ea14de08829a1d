import { createTopic, end, produce, scenario, type Scenario, type Step } from './scenario.fixture.js';

const member = (name: string, options: Readonly<Record<string, unknown>> = {}): Step => ({
  do: 'consumer',
  name,
  group: '$g',
  topics: ['$t'],
  ...options,
});
const assigned = (partitions: number, ...consumers: readonly string[]): Step => ({
  do: 'assigned',
  consumers,
  partitions,
});
const seen = (count: number, ...consumers: readonly string[]): Step => ({ do: 'seen', consumers, count });
const close = (consumer: string): Step => ({ do: 'close', consumer });
const describeGroup: Step = { do: 'describeGroup', group: '$g' };
const groupOffsets: Step = { do: 'groupOffsets', group: '$g', topic: '$t' };
const spread = (value: string, partitions: number): Step => ({
  do: 'produce',
  topic: '$t',
  messages: Array.from({ length: partitions }, (_, partition) => ({ key: 'k', value, partition })),
});

const kinds = [
  { kind: 'classic', options: {} },
  { kind: 'classic-range', options: { assignor: 'range' } },
  { kind: 'classic-round-robin', options: { assignor: 'roundrobin' } },
  { kind: 'classic-sticky', options: { assignor: 'sticky' } },
  { kind: 'classic-cooperative', options: { assignor: 'cooperative-sticky' } },
  { kind: 'kip-848-uniform', options: { protocol: 'consumer', assignor: 'uniform' } },
  { kind: 'kip-848-range', options: { protocol: 'consumer', assignor: 'range' } },
];

const ofEachKind = kinds.flatMap(({ kind, options }) => [
  scenario(
    `${kind}-one-member`,
    createTopic(4),
    spread('a', 4),
    member('c1', options),
    assigned(4, 'c1'),
    seen(4, 'c1'),
    describeGroup,
    { ...groupOffsets, until: { 0: 1, 1: 1, 2: 1, 3: 1 } },
    close('c1'),
    {
      ...describeGroup,
      until: { errorCode: 0, state: 'Empty', protocolType: 'consumer', protocol: '', members: 0 },
    },
  ),
  scenario(
    `${kind}-members-come-and-go`,
    createTopic(4),
    member('c1', options),
    assigned(4, 'c1'),
    member('c2', options),
    { ...assigned(4, 'c1', 'c2'), sizes: [2, 2] },
    spread('a', 4),
    seen(4, 'c1', 'c2'),
    close('c1'),
    assigned(4, 'c2'),
    spread('b', 4),
    { ...groupOffsets, until: { 0: 2, 1: 2, 2: 2, 3: 2 } },
    close('c2'),
    groupOffsets,
  ),
]);

const statics = kinds
  .filter(({ kind }) => ['classic', 'kip-848-uniform'].includes(kind))
  .map(({ kind, options }) =>
    scenario(
      `${kind}-static`,
      createTopic(2),
      member('c1', { ...options, instanceId: 'one', sessionTimeoutMs: 6_000 }),
      assigned(2, 'c1'),
      close('c1'),
      { ...describeGroup, do: 'describeMembers' },
      member('c2', { ...options, instanceId: 'one', sessionTimeoutMs: 6_000 }),
      assigned(2, 'c2'),
      { ...describeGroup, do: 'describeMembers' },
      { do: 'removeMembers', group: '$g', instanceIds: ['one'] },
    ),
  );

const topicsOf = (partitions: Readonly<Record<string, number>>): Step => ({
  do: 'createTopics',
  topics: Object.entries(partitions).map(([topic, count]) => ({
    topic,
    partitions: count,
    replication: 1,
    configs: {},
  })),
});
const uniform = { protocol: 'consumer', assignor: 'uniform' };
const partitionsOf = (...consumers: readonly string[]): Step => ({ do: 'partitionsOf', consumers });

/** What members get and keep, where it does not depend on their random ids. */
const uniformChoices = [
  scenario(
    'kip-848-uniform-what-is-kept',
    createTopic(7),
    member('c1', uniform),
    assigned(7, 'c1'),
    member('c2', uniform),
    { ...assigned(7, 'c1', 'c2'), sizes: [3, 4] },
    partitionsOf('c1', 'c2'),
    close('c1'),
    assigned(7, 'c2'),
    partitionsOf('c2'),
  ),
  scenario(
    'kip-848-uniform-different-topics',
    topicsOf({ $t: 4, $u: 2 }),
    member('c1', uniform),
    assigned(4, 'c1'),
    member('c2', { ...uniform, topics: ['$t', '$u'] }),
    { ...assigned(6, 'c1', 'c2'), sizes: [3, 3] },
    partitionsOf('c1', 'c2'),
    member('c3', { ...uniform, topics: ['$u'] }),
    { ...assigned(6, 'c1', 'c2', 'c3'), sizes: [1, 2, 3] },
    partitionsOf('c1', 'c2', 'c3'),
  ),
];

const growing = [
  scenario(
    'new-partitions-are-assigned',
    createTopic(1),
    member('c1', { metadataMaxAgeMs: 500 }),
    assigned(1, 'c1'),
    { do: 'createPartitions', topic: '$t', count: 3 },
    assigned(3, 'c1'),
  ),
  scenario(
    'resumes-at-commit',
    createTopic(),
    produce('a', 'b', 'c'),
    { do: 'setGroupOffsets', group: '$g', topic: '$t', offsets: [[0, 2]] },
    member('c1'),
    seen(1, 'c1'),
    close('c1'),
  ),
  scenario(
    'commit-out-of-range-resets',
    createTopic(),
    produce('a'),
    { do: 'setGroupOffsets', group: '$g', topic: '$t', offsets: [[0, 9]] },
    member('c1'),
    seen(1, 'c1'),
  ),
  scenario(
    'commits-by-hand',
    createTopic(),
    produce('a', 'b'),
    member('c1', { commits: false }),
    seen(2, 'c1'),
    { do: 'commitOffsets', consumer: 'c1', topic: '$t', offsets: [[0, 1]] },
    close('c1'),
    groupOffsets,
  ),
];

const administration = [
  scenario('unknown-group', describeGroup, groupOffsets, { do: 'deleteGroup', group: '$g' }),
  scenario(
    'delete-group',
    createTopic(),
    end,
    member('c1'),
    seen(1, 'c1'),
    { ...groupOffsets, until: { 0: 1 } },
    { do: 'deleteGroup', group: '$g' },
    close('c1'),
    { do: 'listGroups' },
    { do: 'deleteGroup', group: '$g' },
    { do: 'listGroups' },
  ),
  scenario('set-offsets-of-a-running-group', createTopic(), member('c1'), assigned(1, 'c1'), {
    do: 'setGroupOffsets',
    group: '$g',
    topic: '$t',
    offsets: [[0, 0]],
  }),
  scenario(
    'delete-group-offsets',
    createTopic(2),
    {
      do: 'setGroupOffsets',
      group: '$g',
      topic: '$t',
      offsets: [
        [0, 3],
        [1, 4],
      ],
    },
    groupOffsets,
    { do: 'deleteGroupOffsets', group: '$g', topic: '$t', partitions: [0] },
    groupOffsets,
  ),
  scenario(
    'delete-group-offsets-of-a-running-group',
    createTopic(),
    end,
    member('c1'),
    seen(1, 'c1'),
    { ...groupOffsets, until: { 0: 1 } },
    { do: 'deleteGroupOffsets', group: '$g', topic: '$t', partitions: [0] },
  ),
  scenario(
    'offsets-end-with-their-topic',
    createTopic(),
    { do: 'setGroupOffsets', group: '$g', topic: '$t', offsets: [[0, 3]] },
    { do: 'deleteTopics', topics: ['$t'] },
    createTopic(),
    groupOffsets,
  ),
];

export const groups: readonly Scenario[] = [
  ...ofEachKind,
  ...statics,
  ...uniformChoices,
  ...growing,
  ...administration,
];
