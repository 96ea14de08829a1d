import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { clientOf, type BrokerProcess } from './broker-processes.js';
import { median, cpuMilliseconds, residentMegabytes, timed } from './measure.js';

const MESSAGES = 100_000;
const BATCH = 100;
const WARM_UP = 20_000;
const SINGLE = 500;
/** The batches of one transaction. */
const TRANSACTION = 10;
const PARTITIONS = 4;

export interface Load {
  readonly produceCpuMs: number;
  /** The same messages in transactions. */
  readonly transactionCpuMs: number;
  readonly consumeCpuMs: number;
  readonly produceMs: number;
  /** From sending one message to its acknowledgement, on the median. */
  readonly singleMs: number;
}

/** 100,000 messages of 1 KB through a broker, with kafkajs and acks=all, after a warm-up. */
export async function loadOf({ pid, port }: BrokerProcess): Promise<Load> {
  await createTopic(port, { topic: 'load', numPartitions: PARTITIONS });
  const producer = clientOf(port).producer();
  await producer.connect();
  const values = Array.from({ length: BATCH }, () => randomBytes(512).toString('hex'));
  const send = () => producer.send({ topic: 'load', acks: -1, messages: values.map((value) => ({ value })) });
  for (let sent = 0; sent < WARM_UP; sent += BATCH) await send();
  const [produceCpuMs, produceMs] = await cpuAndTime(pid, async () => {
    for (let sent = 0; sent < MESSAGES; sent += 4 * BATCH)
      await Promise.all([send(), send(), send(), send()]);
  });
  const single: number[] = [];
  for (let n = 0; n < SINGLE; n++)
    single.push(
      await timed(() => producer.send({ topic: 'load', acks: -1, messages: [{ value: values[0]! }] })),
    );
  await producer.disconnect();
  const [consumeCpuMs] = await cpuAndTime(pid, () => consume(port, MESSAGES + WARM_UP));
  const transactionCpuMs = await transactionCpu({ pid, port }, values);
  return { produceCpuMs, produceMs, transactionCpuMs, consumeCpuMs, singleMs: median(single) };
}

/** The CPU of producing the messages in transactions of ten batches, after a warm-up. */
async function transactionCpu(
  { pid, port }: Pick<BrokerProcess, 'pid' | 'port'>,
  values: readonly string[],
): Promise<number> {
  const messages = values.map((value) => ({ value }));
  await createTopic(port, { topic: 'transactions', numPartitions: PARTITIONS });
  const producer = clientOf(port).producer({ transactionalId: 'load', maxInFlightRequests: 1 });
  await producer.connect();
  const produce = async (count: number) => {
    for (let sent = 0; sent < count; sent += TRANSACTION * BATCH) {
      const transaction = await producer.transaction();
      for (let batch = 0; batch < TRANSACTION; batch++)
        await transaction.send({ topic: 'transactions', messages });
      await transaction.commit();
    }
  };
  await produce(WARM_UP);
  const [cpuMs] = await cpuAndTime(pid, () => produce(MESSAGES));
  await producer.disconnect();
  return cpuMs;
}

async function consume(port: number, count: number): Promise<void> {
  const consumer = clientOf(port).consumer({ groupId: 'load' });
  await consumer.connect();
  await consumer.subscribe({ topic: 'load', fromBeginning: true });
  let seen = 0;
  await new Promise<void>((done, failed) => {
    const eachBatch = async ({ batch }: { batch: { messages: unknown[] } }) => {
      seen += batch.messages.length;
      if (seen >= count) done();
    };
    consumer.run({ eachBatch }).catch(failed);
  });
  await consumer.disconnect();
}

async function cpuAndTime(pid: number, work: () => Promise<unknown>): Promise<[cpuMs: number, ms: number]> {
  const before = cpuMilliseconds(pid);
  const ms = await timed(work);
  return [cpuMilliseconds(pid) - before, ms];
}

interface NewTopic {
  readonly topic: string;
  readonly numPartitions: number;
  readonly configs?: Record<string, string>;
}

async function createTopic(port: number, { topic, numPartitions, configs = {} }: NewTopic): Promise<void> {
  const admin = clientOf(port).admin();
  await admin.connect();
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: false });
  await admin.disconnect();
}

const IDLE_MS = 20_000;
/** The engine still collects the garbage of the start. */
const SETTLING_MS = 5_000;

/** What a broker costs while nobody uses it: percent of a core, and memory. */
export async function idleCost(pid: number): Promise<{ percent: number; megabytes: number }> {
  await pause(SETTLING_MS);
  const before = cpuMilliseconds(pid);
  await pause(IDLE_MS);
  return { percent: ((cpuMilliseconds(pid) - before) / IDLE_MS) * 100, megabytes: residentMegabytes(pid) };
}

const LARGE = 100_000;

/** By how many megabytes a broker grows while this much passes through it, after the first fifth. */
export async function growth({ pid, port }: BrokerProcess, gigabytes: number): Promise<number> {
  await createTopic(port, {
    topic: 'flow',
    numPartitions: 1,
    configs: {
      'retention.bytes': String(64 << 20),
      'segment.bytes': String(16 << 20),
    },
  });
  const producer = clientOf(port).producer();
  await producer.connect();
  const value = randomBytes(LARGE);
  const rounds = Math.ceil((gigabytes * 1e9) / (LARGE * 10));
  const sizes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await producer.send({ topic: 'flow', acks: -1, messages: Array.from({ length: 10 }, () => ({ value })) });
    if (round >= rounds / 5) sizes.push(residentMegabytes(pid));
  }
  await producer.disconnect();
  const fifth = Math.ceil(sizes.length / 5);
  return median(sizes.slice(-fifth)) - median(sizes.slice(0, fifth));
}

export interface ManyPartitions {
  readonly megabytes: number;
  /** The longest that another client waited for metadata while the partitions were created and deleted. */
  readonly createWaitMs: number;
  readonly deleteWaitMs: number;
}

export async function manyPartitions({ pid, port }: BrokerProcess, count: number): Promise<ManyPartitions> {
  const createWaitMs = await longestWait(port, () =>
    createTopic(port, { topic: 'many', numPartitions: count }),
  );
  const megabytes = residentMegabytes(pid);
  const admin = clientOf(port).admin();
  await admin.connect();
  const deleteWaitMs = await longestWait(port, () => admin.deleteTopics({ topics: ['many'] }));
  await admin.disconnect();
  return { megabytes, createWaitMs, deleteWaitMs };
}

/** Another client asks for one topic over and over during the work. */
async function longestWait(port: number, work: () => Promise<unknown>): Promise<number> {
  await createTopic(port, { topic: 'other', numPartitions: 1 });
  const other = clientOf(port).admin();
  await other.connect();
  const waits: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) waits.push(await timed(() => other.fetchTopicMetadata({ topics: ['other'] })));
  })();
  await work();
  isOver = true;
  await asking;
  await other.disconnect();
  return Math.max(...waits);
}
