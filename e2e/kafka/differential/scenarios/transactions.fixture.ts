import { createTopic, end, produce, read, scenario, type Scenario, type Step } from './scenario.fixture.js';

const transactional = (name: string, timeoutMs = 30_000): Step => ({
  do: 'producer',
  name,
  transactionalId: '$x',
  idempotent: true,
  timeoutMs,
});
const by = (producer: string, step: Step): Step => ({ ...step, producer });
const begin = (producer = 'p'): Step => ({ do: 'begin', producer });
const commit = (producer = 'p'): Step => ({ do: 'commit', producer });
const abort = (producer = 'p'): Step => ({ do: 'abort', producer });
/**
 * Waits until a partition's transactions have ended. Their marker may come after the client has its answer: the coordinator
 * writes it once it has written its decision (KIP-98), so a record sent at once may have an offset before or after it.
 */
const ended = (offsets: Readonly<Record<number, number>>): Step => ({
  do: 'listOffsets',
  topic: '$t',
  at: 'latest',
  isolation: 'read_committed',
  until: offsets,
});
const uncommitted = read({ isolation: 'read_uncommitted' });
const sendOffsets = (offset: number): Step => ({
  do: 'sendOffsets',
  producer: 'p',
  group: '$g',
  topic: '$t',
  offsets: [[0, offset]],
});
const groupOffsets: Step = { do: 'groupOffsets', group: '$g', topic: '$t' };
const transaction = (name: string, value: string, ending: Step): readonly Step[] => [
  begin(name),
  by(name, produce(value)),
  ending,
];

const isolation = [
  scenario(
    'commit',
    createTopic(),
    transactional('p'),
    ...transaction('p', 'a', commit()),
    ended({ 0: 2 }),
    end,
    read(),
  ),
  scenario(
    'abort',
    createTopic(),
    transactional('p'),
    ...transaction('p', 'a', abort()),
    ended({ 0: 2 }),
    end,
    read(),
    uncommitted,
  ),
  scenario('empty-commit', createTopic(), transactional('p'), begin(), commit(), end, read()),
  scenario('empty-abort', createTopic(), transactional('p'), begin(), abort(), end, read()),
  scenario(
    'commit-abort-commit',
    createTopic(),
    transactional('p'),
    ...transaction('p', 'a', commit()),
    ...transaction('p', 'b', abort()),
    ...transaction('p', 'c', commit()),
    ended({ 0: 6 }),
    end,
    read(),
    uncommitted,
  ),
  scenario(
    'open-hides-later',
    createTopic(),
    transactional('p'),
    begin(),
    by('p', produce('a')),
    produce('later'),
    { ...uncommitted, last: 'later' },
    { do: 'listOffsets', topic: '$t', at: 'latest', isolation: 'read_committed' },
    { do: 'listOffsets', topic: '$t', at: 'latest' },
    commit(),
    ended({ 0: 3 }),
    end,
    read(),
  ),
  scenario(
    'two-partitions',
    createTopic(2),
    transactional('p'),
    begin(),
    ...[0, 1].map((partition) =>
      by('p', { do: 'produce', topic: '$t', messages: [{ key: 'k', value: 'a', partition }] }),
    ),
    abort(),
    ended({ 0: 2, 1: 2 }),
    ...[0, 1].map((partition) => ({ do: 'produce', topic: '$t', messages: [{ value: 'end', partition }] })),
    read({ partitions: 2 }),
  ),
];

const fencing = [
  scenario(
    'fenced-by-a-new-producer',
    createTopic(),
    transactional('p'),
    begin(),
    by('p', produce('a')),
    transactional('q'),
    begin('q'),
    by('p', produce('b')),
    commit(),
    by('q', produce('c')),
    commit('q'),
    ended({ 0: 4 }),
    end,
    read(),
    uncommitted,
  ),
  scenario('timeout-too-large', transactional('p', 1_000_000)),
  scenario(
    'timeout-aborts',
    createTopic(),
    transactional('p', 1_500),
    begin(),
    by('p', produce('a')),
    { do: 'listOffsets', topic: '$t', at: 'latest' },
    ended({ 0: 2 }),
    end,
    read(),
    uncommitted,
  ),
];

const offsetsInTransactions = [
  scenario(
    'offsets-committed',
    createTopic(),
    produce('a', 'b'),
    transactional('p'),
    begin(),
    by('p', produce('c')),
    sendOffsets(2),
    commit(),
    { ...groupOffsets, until: { 0: 2 } },
    ended({ 0: 4 }),
    end,
    read(),
  ),
  scenario(
    'offsets-aborted',
    createTopic(),
    produce('a', 'b'),
    { do: 'setGroupOffsets', group: '$g', topic: '$t', offsets: [[0, 1]] },
    transactional('p'),
    begin(),
    by('p', produce('c')),
    sendOffsets(2),
    abort(),
    groupOffsets,
  ),
  scenario(
    'only-offsets',
    createTopic(),
    produce('a'),
    transactional('p'),
    begin(),
    sendOffsets(1),
    commit(),
    {
      ...groupOffsets,
      until: { 0: 1 },
    },
  ),
];

const administration = [
  scenario(
    'describe-open',
    createTopic(),
    transactional('p'),
    begin(),
    by('p', produce('a')),
    { do: 'describeTransaction', id: '$x' },
    { do: 'listTransactions' },
    { do: 'describeProducers', topic: '$t' },
    commit(),
    { do: 'describeTransaction', id: '$x', until: { state: 'CompleteCommit', topics: [] } },
    { do: 'listTransactions' },
  ),
  scenario('describe-unknown-transaction', { do: 'describeTransaction', id: '$x' }),
  scenario(
    'delete-records-within-transactions',
    createTopic(),
    transactional('p'),
    ...transaction('p', 'a', abort()),
    ...transaction('p', 'b', commit()),
    ended({ 0: 4 }),
    { do: 'deleteRecords', topic: '$t', offsets: [[0, 2]] },
    end,
    read(),
  ),
];

export const transactions: readonly Scenario[] = [
  ...isolation,
  ...fencing,
  ...offsetsInTransactions,
  ...administration,
];
