/** The operations of scenarios with @platformatic/kafka. */
import { isDeepStrictEqual } from 'node:util';
import { Admin, Consumer, GroupProtocols, Producer } from '@platformatic/kafka';
import {
  bytesOf,
  byPartitionAndOffset,
  eventually,
  main,
  distinct,
  textOf,
  timestampOf,
  Unsupported,
} from '../run-scenarios.mjs';
import * as admin from './platformatic-admin.mjs';

function open(port, prefix) {
  const base = {
    clientId: prefix,
    bootstrapBrokers: [`127.0.0.1:${port}`],
    retries: 20,
    retryDelay: 100,
    strict: false,
  };
  const state = { base, prefix, producers: new Map(), consumers: new Map(), opened: [], readers: 0 };
  state.opened.push((state.admin = new Admin(base)));
  return state;
}

async function close({ opened, consumers }) {
  await Promise.allSettled([...consumers.values()].map(({ stream }) => stream?.close()));
  await Promise.allSettled(opened.map((each) => each.close(true)));
}

/** The codes of the protocol within an error, which may be about several topics, or about retries. */
function errorOf(error) {
  const inner = (error.errors ?? []).map(errorOf).flat();
  if (error.apiId) return [error.apiId];
  if (inner.length > 0) return [...new Set(inner)].sort();
  return error.cause ? errorOf(error.cause) : [error.code ?? error.name];
}

async function producer({ name = 'plain', transactionalId, idempotent }, state) {
  const options = { ...state.base, transactionalId, idempotent: idempotent || Boolean(transactionalId) };
  const created = new Producer({ ...options, autocreateTopics: true });
  state.opened.push(created);
  state.producers.set(name, { producer: created });
  if (idempotent && !transactionalId) await created.initIdempotentProducer({});
}

const messageOf = ({ topic }, { key, value, partition, headers, timestamp }) => ({
  topic,
  partition,
  key: bytesOf(key) ?? undefined,
  value: bytesOf(value) ?? undefined,
  headers:
    headers && new Map(Object.entries(headers).map(([name, each]) => [Buffer.from(name), Buffer.from(each)])),
  timestamp: timestamp === undefined ? undefined : BigInt(timestamp),
});

async function produce(step, state) {
  const { acks = -1, compression = 'none', producer: name = 'plain', messages } = step;
  if (!state.producers.has(name)) await producer({ name }, state);
  const { transaction, producer: plain } = state.producers.get(name);
  const sent = await (transaction ?? plain).send({
    acks,
    compression,
    messages: messages.map((message) => messageOf(step, message)),
  });
  return (sent.offsets ?? []).map(({ partition, offset }) => `${partition}/${offset}`).sort();
}

const transactions = {
  async begin({ producer: name }, state) {
    const used = state.producers.get(name);
    used.transaction = await used.producer.beginTransaction();
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
};

const seenMessage = ({ partition, offset, key, value, headers, timestamp }) => ({
  partition,
  offset: Number(offset),
  key: textOf(key),
  value: textOf(value),
  headers: [...headers].map(([name, each]) => [textOf(name), textOf(each)]),
  timestamp: timestampOf(timestamp),
});

const ISOLATION_LEVELS = { read_uncommitted: 0, read_committed: 1 };

/** Reads everything up to the messages `end`, one in each partition. */
async function read({ topic, partitions = 1, last = 'end', isolation = 'read_committed' }, state) {
  const seen = [];
  const options = { isolationLevel: ISOLATION_LEVELS[isolation], maxWaitTime: 100, minBytes: 1 };
  const reader = new Consumer({
    ...state.base,
    ...options,
    groupId: `${state.prefix}reader-${state.readers++}`,
  });
  state.opened.push(reader);
  const stream = await reader.consume({ topics: [topic], mode: 'earliest', autocommit: false });
  stream.on('data', (message) => seen.push(seenMessage(message)));
  stream.on('error', () => {});
  const ended = () => seen.filter(({ value }) => value === last).length;
  await eventually(ended, (count) => count >= partitions, 15_000);
  await stream.close();
  await reader.close(true);
  return seen.sort(byPartitionAndOffset);
}

function groupOptions({ protocol = 'classic', assignor, instanceId, sessionTimeoutMs }) {
  const groupInstanceId = instanceId;
  if (protocol === 'consumer')
    return { groupProtocol: GroupProtocols.CONSUMER, groupRemoteAssignor: assignor, groupInstanceId };
  if (![undefined, 'roundrobin'].includes(assignor)) throw new Unsupported(`no assignor ${assignor}`);
  const timing = {
    sessionTimeout: sessionTimeoutMs ?? 10_000,
    heartbeatInterval: 300,
    rebalanceTimeout: 10_000,
  };
  return { ...timing, groupInstanceId };
}

/** A member of a group, which keeps reading until it is closed. */
async function consumer(step, state) {
  const { name, group, topics } = step;
  if (step.metadataMaxAgeMs) throw new Unsupported('a rebalance when partitions are added');
  const options = { ...state.base, ...groupOptions(step), groupId: group, maxWaitTime: 100, minBytes: 1 };
  const member = { seen: [], consumer: new Consumer(options) };
  state.opened.push(member.consumer);
  state.consumers.set(name, member);
  const autocommit = step.commits === false ? false : 100;
  member.stream = await member.consumer.consume({
    topics,
    mode: 'committed',
    fallbackMode: 'earliest',
    autocommit,
  });
  member.stream.on('data', (message) => member.seen.push(seenMessage(message)));
  member.stream.on('error', () => {});
}

const groups = {
  consumer,
  async assigned({ consumers, partitions, sizes }, state) {
    const count = ({ consumer: { assignments } }) =>
      (assignments ?? []).flatMap((each) => each.partitions).length;
    const all = () => consumers.map((name) => count(state.consumers.get(name)));
    const total = (counts) => counts.reduce((sum, each) => sum + each, 0);
    const sorted = (counts) => [...counts].sort((one, other) => one - other);
    const isRight = (counts) =>
      total(counts) === partitions && (!sizes || isDeepStrictEqual(sorted(counts), sizes));
    return sorted(await eventually(all, isRight, 20_000));
  },
  async partitionsOf({ consumers }, state) {
    const partitionsOf = ({ consumer: { assignments } }) =>
      (assignments ?? []).flatMap(({ topic, partitions }) => partitions.map((each) => `${topic}/${each}`));
    return consumers.map((name) => partitionsOf(state.consumers.get(name)).sort());
  },
  async seen({ consumers, count }, state) {
    const all = () => consumers.flatMap((name) => state.consumers.get(name).seen);
    const seen = await eventually(all, ({ length }) => length >= count, 20_000);
    return distinct(seen);
  },
  async commitOffsets({ consumer: name, topic, offsets }, state) {
    const positions = offsets.map(([partition, offset]) => ({
      topic,
      partition,
      offset: BigInt(offset),
      leaderEpoch: -1,
    }));
    await state.consumers.get(name).consumer.commit({ offsets: positions });
  },
  async close({ consumer: name }, state) {
    const { stream, consumer: member } = state.consumers.get(name);
    await stream?.close();
    await member.close(true);
  },
};

// Some mistakes of the client are thrown in callbacks of sockets, where nobody can catch them: for one, when a client is
// closed while it connects. A scenario that meets one does not end.
process.on('uncaughtException', (error) => console.error(error));

await main({
  name: 'platformatic',
  operations: { producer, produce, read, ...transactions, ...groups, ...admin.operations },
  open,
  close,
  errorOf,
});
