import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { describeWhere, itWhere } from '../../../checks/skipping.fixture.js';
import { until } from '../until.fixture.js';
import { sabotage, tear } from './files.fixture.js';
import { judgeCommits, judgeTransactions, judgeWriting, type Fault } from './judge.fixture.js';
import { Committer, kafkaAt, Transactor, Writer } from './load.fixture.js';
import { Random } from './random.fixture.js';
import { committedOffset, readAll } from './read-all.fixture.js';
import {
  hasTransactions,
  onKafka,
  startRestarting,
  WITHOUT_TRANSACTIONS,
  type Restarting,
} from '../restarting-broker.fixture.js';

const kills = Number(process.env.KAFKA_CHAOS_KILLS ?? 4);
const seed = Number(process.env.KAFKA_CHAOS_SEED ?? 1);
const PARTITIONS = 3;

jest.setTimeout(120_000 + kills * 20_000);

describe(`a broker that is killed ${kills} times, with seed ${seed},`, () => {
  let broker: Restarting;
  let random: Random;

  beforeEach(async () => {
    random = new Random(seed);
    broker = await startRestarting();
    const admin = kafkaAt(broker.port).admin();
    await admin.connect();
    const topics = ['log', 'transactions'].map((topic) => ({ topic, numPartitions: PARTITIONS }));
    await admin.createTopics({ topics });
    await admin.disconnect();
  });
  afterEach(() => broker.destroy());

  /** Kills the broker at moments that are random, but by which each load has gone on, and tears the ends of its files. */
  async function killUnder(loads: readonly { progress: number }[]) {
    for (let n = 0; n < kills; n++) {
      const goals = loads.map(({ progress }) => progress + 5 + random.below(30));
      await until(() => loads.every(({ progress }, each) => progress >= goals[each]!), 60_000);
      await broker.killAndRestart((data) => tear(data, random));
    }
  }

  it('loses and doubles nothing of what idempotent producers have had acknowledged', async () => {
    const kafka = kafkaAt(broker.port);
    const writers = [0, 1, 2].map((partition) => new Writer(kafka, 'log', partition).start());
    await killUnder(writers);
    await Promise.all(writers.map((writer) => writer.stop()));
    const seen = await readAll(kafka, 'log', PARTITIONS);
    expect(writers.map((writer, n) => judgeWriting(writer, seen[n]!))).toEqual([[], [], []]);
    for (const { acknowledged } of writers) expect(acknowledged.size).toBeGreaterThan(kills * 5);
  });

  it('forgets no committed offset', async () => {
    const kafka = kafkaAt(broker.port);
    const committers = ['g', 'h'].map((group) => new Committer(kafka, group, 'log').start());
    await killUnder(committers);
    await Promise.all(committers.map((committer) => committer.stop()));
    for (const [n, group] of ['g', 'h'].entries()) {
      const found = await committedOffset(kafka, group, 'log');
      expect(judgeCommits(committers[n]!.acknowledged, found)).toEqual([]);
      expect(found).toBeGreaterThan(kills * 5 - 2);
    }
  });

  itWhere(hasTransactions, WITHOUT_TRANSACTIONS)('shows transactions as a whole, or not at all', async () => {
    const kafka = kafkaAt(broker.port);
    const target = { topic: 'transactions', partitions: PARTITIONS, groupId: 'g' };
    const transactor = new Transactor(kafka, random, target).start();
    await killUnder([transactor]);
    await transactor.stop();
    const partitions = await readAll(kafka, 'transactions', PARTITIONS);
    const offset = await committedOffset(kafka, 'g', 'transactions');
    expect(judgeTransactions(transactor.endings, { partitions, offset })).toEqual([]);
    expect([...transactor.endings.values()]).toEqual(expect.arrayContaining(['committed', 'aborted']));
  });

  const describeBroken = describeWhere(!onKafka, 'only the files of the embedded broker are known');
  describeBroken('and that breaks its promises,', () => {
    async function faultsAfter(break_: (data: string) => void): Promise<Fault[]> {
      const kafka = kafkaAt(broker.port);
      const writer = new Writer(kafka, 'log', 0).start();
      await until(() => writer.progress > 20);
      await writer.stop();
      await broker.killAndRestart(break_);
      const [seen] = await readAll(kafka, 'log', PARTITIONS);
      return judgeWriting(writer, seen!);
    }

    it('is found out when it drops acknowledged records', async () => {
      expect(await faultsAfter(sabotage.dropTail)).toEqual(['ACKNOWLEDGED_RECORD_LOST']);
    });

    it('is found out when it accepts a batch twice', async () => {
      expect(await faultsAfter(sabotage.repeatBatch)).toEqual(['RECORD_DOUBLED']);
    });

    it('passes when it does not', async () => {
      expect(await faultsAfter(() => {})).toEqual([]);
    });

    it('is found out when it forgets commits', async () => {
      const kafka = kafkaAt(broker.port);
      const committer = new Committer(kafka, 'g', 'log').start();
      await until(() => committer.progress > 5);
      await committer.stop();
      await broker.killAndRestart(sabotage.dropState);
      const found = await committedOffset(kafka, 'g', 'log');
      expect(judgeCommits(committer.acknowledged, found)).toEqual(['COMMITTED_OFFSET_WENT_BACK']);
    });

    itWhere(hasTransactions, WITHOUT_TRANSACTIONS)(
      'is found out when it commits half a transaction',
      async () => {
        const kafka = kafkaAt(broker.port);
        const target = { topic: 'transactions', partitions: PARTITIONS, groupId: 'g' };
        const transactor = new Transactor(kafka, { below: () => 1 }, target).start();
        await until(() => transactor.progress > 5);
        await transactor.stop();
        // The last batch of a partition is the marker of the last commit, without which the batch before is not visible.
        await broker.killAndRestart((data) => [1, 2].forEach(() => sabotage.dropTail(data)));
        const partitions = await readAll(kafka, 'transactions', PARTITIONS);
        const offset = await committedOffset(kafka, 'g', 'transactions');
        const faults = judgeTransactions(transactor.endings, { partitions, offset });
        expect(faults).toContain('TRANSACTION_TORN');
      },
    );
  });
});

describe('a judgement', () => {
  const writing = { attempted: 4, acknowledged: new Set([0, 1, 3]) };

  it.each<[string, number[], Fault[]]>([
    ['everything that was acknowledged', [0, 1, 3], []],
    ['what was not acknowledged as well', [0, 1, 2, 3], []],
    ['a lost record', [0, 3], ['ACKNOWLEDGED_RECORD_LOST']],
    ['a doubled record', [0, 1, 1, 3], ['RECORD_DOUBLED']],
    ['another order', [1, 0, 3], ['RECORDS_REORDERED']],
    ['a record that nobody sent', [0, 1, 3, 9], ['RECORD_FROM_NOWHERE']],
  ])('of writing tells %s', (_, seen, faults) => {
    expect(judgeWriting(writing, seen)).toEqual(faults);
  });

  const endings = new Map([
    [0, 'committed'],
    [1, 'aborted'],
    [2, 'unknown'],
  ] as const);
  const seen = (offset: number, ...partitions: number[][]) => ({ offset, partitions });

  it.each<[string, ReturnType<typeof seen>, Fault[]]>([
    ['all or nothing: nothing', seen(0, [0], [0]), []],
    ['all or nothing: all', seen(2, [0, 2], [0, 2]), []],
    ['half a transaction', seen(2, [0, 2], [0]), ['TRANSACTION_TORN']],
    ['a lost transaction', seen(-1, [], []), ['COMMITTED_TRANSACTION_LOST']],
    ['an aborted transaction', seen(1, [0, 1], [0, 1]), ['ABORTED_TRANSACTION_VISIBLE']],
    ['a doubled record', seen(0, [0, 0], [0]), ['RECORD_DOUBLED']],
    ['an offset without its records', seen(2, [0], [0]), ['OFFSET_NOT_OF_ITS_TRANSACTION']],
  ])('of transactions tells %s', (_, found, faults) => {
    expect(judgeTransactions(endings, found)).toEqual(faults);
  });

  it('of commits tells one that is forgotten', () => {
    expect(judgeCommits([0, 1], 1)).toEqual([]);
    expect(judgeCommits([0, 1], 2)).toEqual([]);
    expect(judgeCommits([0, 1], 0)).toEqual(['COMMITTED_OFFSET_WENT_BACK']);
    expect(judgeCommits([], -1)).toEqual([]);
  });
});
