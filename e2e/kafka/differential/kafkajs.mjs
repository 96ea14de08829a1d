/** The operations of scenarios with kafkajs. */
import { isDeepStrictEqual } from 'node:util';
import kafkajs from 'kafkajs';
import {
  bytesOf,
  byPartitionAndOffset,
  eventually,
  main,
  distinct,
  textOf,
  timestampOf,
  Unsupported,
} from './run-scenarios.mjs';
import * as admin from './kafkajs-admin.mjs';

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';

function open(port, prefix) {
  const kafka = new kafkajs.Kafka({
    clientId: prefix,
    brokers: [`127.0.0.1:${port}`],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 200, retries: 20 },
  });
  return { kafka, prefix, producers: new Map(), consumers: new Map(), connected: [], readers: 0 };
}

async function close({ connected }) {
  await Promise.allSettled(connected.map((each) => each.disconnect()));
}

/** The code of the protocol, which kafkajs wraps in errors about retries and lists of topics. */
function errorOf(error) {
  if (error.errors) return error.errors.map((each) => `${each.type} ${each.topic ?? ''}`.trim()).sort();
  if (error.partitions) return error.partitions.map((each) => each.error?.type);
  return error.type ?? error.cause?.type ?? error.cause?.name ?? error.name;
}

async function connected(state, one) {
  state.connected.push(one);
  await one.connect();
  return one;
}

async function producer({ name = 'plain', transactionalId, idempotent, timeoutMs }, state) {
  const options = { transactionalId, idempotent, maxInFlightRequests: 1, transactionTimeout: timeoutMs };
  const created = state.kafka.producer({ ...options, retry: { retries: 5 } });
  state.producers.set(name, { producer: await connected(state, created) });
}

async function producerNamed(name, state) {
  if (!state.producers.has(name)) await producer({ name }, state);
  return state.producers.get(name);
}

const messageOf = ({ key, value, partition, headers, timestamp }) => ({
  key: bytesOf(key),
  value: bytesOf(value) ?? null,
  partition,
  headers,
  timestamp: timestamp === undefined ? undefined : String(timestamp),
});

async function produce(step, state) {
  const { topic, acks = -1, compression = 'none', producer: name = 'plain', messages } = step;
  if (!['none', 'gzip'].includes(compression)) throw new Unsupported(`no ${compression}`);
  const used = await producerNamed(name, state);
  const sent = await (used.transaction ?? used.producer).send({
    topic,
    acks,
    compression: kafkajs.CompressionTypes[compression.toUpperCase()],
    messages: messages.map(messageOf),
  });
  return sent
    .map(({ partition, baseOffset }) => `${partition}/${baseOffset}`)
    .filter((one) => one !== 'undefined/undefined')
    .sort();
}

const isIdle = ({ transaction }) => !transaction || !transaction.isActive();

const transactions = {
  async begin({ producer: name }, state) {
    const used = state.producers.get(name);
    if (!isIdle(used)) throw new Unsupported('a second transaction of a producer');
    used.transaction = await used.producer.transaction();
  },
  async commit({ producer: name }, state) {
    const used = state.producers.get(name);
    if (!used.transaction) return 'none has begun';
    await used.transaction.commit();
    used.transaction = undefined;
  },
  async abort({ producer: name }, state) {
    const used = state.producers.get(name);
    if (!used.transaction) return 'none has begun';
    await used.transaction.abort();
    used.transaction = undefined;
  },
  async sendOffsets({ producer: name, group, topic, offsets }, state) {
    const partitions = offsets.map(([partition, offset]) => ({ partition, offset: String(offset) }));
    const topics = [{ topic, partitions }];
    const { transaction } = state.producers.get(name);
    if (!transaction) return 'none has begun';
    await transaction.sendOffsets({ consumerGroupId: group, topics });
  },
};

const seenMessage = (partition, { offset, key, value, headers, timestamp }) => ({
  partition,
  offset: Number(offset),
  key: textOf(key),
  value: textOf(value),
  headers: Object.entries(headers).map(([name, each]) => [name, textOf(each)]),
  timestamp: timestampOf(timestamp),
});

/** Reads everything up to the messages `end`, one in each partition. */
async function read({ topic, partitions = 1, last = 'end', isolation = 'read_committed' }, state) {
  const seen = [];
  const reader = state.kafka.consumer({
    groupId: `${state.prefix}reader-${state.readers++}`,
    readUncommitted: isolation === 'read_uncommitted',
    maxWaitTimeInMs: 100,
  });
  await connected(state, reader);
  await reader.subscribe({ topic, fromBeginning: true });
  await reader.run({
    eachMessage: async ({ partition, message }) => void seen.push(seenMessage(partition, message)),
  });
  const ended = () => seen.filter(({ value }) => value === last).length;
  await eventually(ended, (count) => count >= partitions, 15_000);
  await reader.disconnect();
  return seen.sort(byPartitionAndOffset);
}

/** A member of a group, which keeps reading until it is closed. */
async function consumer(step, state) {
  const {
    name,
    group,
    topics,
    protocol = 'classic',
    assignor = 'range',
    instanceId,
    sessionTimeoutMs,
  } = step;
  if (protocol !== 'classic' || assignor || instanceId) throw new Unsupported('such a member');
  const member = { seen: [], assigned: {}, commits: step.commits !== false };
  member.consumer = state.kafka.consumer({
    groupId: group,
    sessionTimeout: sessionTimeoutMs ?? 10_000,
    heartbeatInterval: 300,
    rebalanceTimeout: 5_000,
    maxWaitTimeInMs: 100,
    metadataMaxAge: step.metadataMaxAgeMs,
  });
  state.consumers.set(name, member);
  member.consumer.on('consumer.group_join', ({ payload }) => (member.assigned = payload.memberAssignment));
  await connected(state, member.consumer);
  for (const topic of topics) await member.consumer.subscribe({ topic, fromBeginning: true });
  await member.consumer.run({
    autoCommit: member.commits,
    autoCommitThreshold: 1,
    eachMessage: async ({ partition, message }) => void member.seen.push(seenMessage(partition, message)),
  });
}

const groups = {
  consumer,
  /** Which member has how many partitions is settled by ids that differ between runs; that they share is not. */
  async assigned({ consumers, partitions, sizes }, state) {
    const count = ({ assigned }) => Object.values(assigned).flat().length;
    const all = () => consumers.map((name) => count(state.consumers.get(name)));
    const total = (counts) => counts.reduce((sum, each) => sum + each, 0);
    const sorted = (counts) => [...counts].sort((one, other) => one - other);
    const isRight = (counts) =>
      total(counts) === partitions && (!sizes || isDeepStrictEqual(sorted(counts), sizes));
    return sorted(await eventually(all, isRight, 20_000));
  },
  async seen({ consumers, count }, state) {
    const all = () => consumers.flatMap((name) => state.consumers.get(name).seen);
    const seen = await eventually(all, ({ length }) => length >= count, 20_000);
    return distinct(seen);
  },
  async commitOffsets({ consumer: name, topic, offsets }, state) {
    const positions = offsets.map(([partition, offset]) => ({ topic, partition, offset: String(offset) }));
    await state.consumers.get(name).consumer.commitOffsets(positions);
  },
  async close({ consumer: name }, state) {
    await state.consumers.get(name).consumer.disconnect();
  },
};

await main({
  name: 'kafkajs',
  operations: { producer, produce, read, ...transactions, ...groups, ...admin.operations },
  open,
  close,
  errorOf,
});
