import { afterEach, describe, expect, it } from '@jest/globals';
import { PendingOffsets } from '../groups/pending-offsets.js';
import { OffsetStore } from '../groups/offset-store.js';
import { ProducerIds } from '../producers/producer-ids.js';
import type { Marker } from '../records/control-batch.js';
import { Table, type Change, type Json } from '../storage/table.js';
import type { TopicCatalogue } from '../topics/topic-catalogue.js';
import { ErrorCode } from '../wire/error-code.js';
import { TransactionCoordinator } from './transaction-coordinator.js';
import type { Place, Transaction } from './transaction.js';

const tableOf = <V extends Json>(values = new Map<string, V>()): Table<V> =>
  new Table<V>('table', values, (changes: Change[]) => {
    for (const [, key, value] of changes) {
      if (value === null) values.delete(key);
      else values.set(key, value as V);
    }
  });

const coordinators: TransactionCoordinator[] = [];
afterEach(() => {
  for (const coordinator of coordinators.splice(0)) coordinator.close();
});

/** A coordinator whose partitions record their markers, and fail while `isBroken`. */
const coordinatorOf = (stored = new Map<string, Transaction>()) => {
  const world = { now: 0, isBroken: false, markers: [] as Marker[], messages: [] as string[] };
  const endTransaction = (marker: Marker): void => {
    if (world.isBroken) throw new Error('disk');
    world.markers.push(marker);
  };
  const partitions = Array.from({ length: 200 }, () => ({ endTransaction }));
  const coordinator = new TransactionCoordinator(tableOf(stored), {
    topics: {
      get: (name: string) => (name === 'a' ? { partitions } : undefined),
    } as unknown as TopicCatalogue,
    pendingOffsets: new PendingOffsets(tableOf(), new OffsetStore(tableOf())),
    producerIds: new ProducerIds(tableOf()),
    now: () => world.now,
    maxTimeoutMs: 900_000,
    log: (_, message) => world.messages.push(message),
  });
  coordinators.push(coordinator);
  const begin = (partitionsOf: Place[] = [['a', 0]]) => {
    const { producerId, epoch } = coordinator.init('t', { timeoutMs: 1000 });
    const producer = { producerId, epoch };
    coordinator.add('t', { producer, partitions: partitionsOf, version: 0 });
    return producer;
  };
  return { coordinator, world, begin, stored };
};

describe('the transaction coordinator', () => {
  it('aborts a transaction after its timeout, and says so', () => {
    const { coordinator, world, begin } = coordinatorOf();
    const producer = begin();
    world.now = 1000;
    coordinator.check();
    expect(world.markers).toEqual([]);
    world.now = 1001;
    coordinator.check();
    expect(world.markers).toMatchObject([{ committed: false, epoch: producer.epoch + 1 }]);
    expect(world.messages).toEqual(['transaction timed out']);
    const ending = { producer, committed: true, version: 0 };
    expect(coordinator.end('t', ending).error).toBe(ErrorCode.PRODUCER_FENCED);
  });

  it('completes after a restart what was prepared before', () => {
    const first = coordinatorOf();
    const producer = first.begin();
    first.world.isBroken = true;
    const ending = { producer, committed: true, version: 0 };
    expect(first.coordinator.end('t', ending).error).toBe(ErrorCode.NONE);
    expect(first.stored.get('t')!.state).toBe('PrepareCommit');
    const second = coordinatorOf(first.stored);
    expect(second.world.markers).toMatchObject([{ ...producer, committed: true }]);
    expect(second.coordinator.get('t')!.state).toBe('CompleteCommit');
  });

  it('retries what it could not complete', () => {
    const { coordinator, world, begin } = coordinatorOf();
    const producer = begin();
    world.isBroken = true;
    coordinator.end('t', { producer, committed: true, version: 0 });
    expect(world.messages).toEqual(['transaction not completed']);
    expect(coordinator.init('t', { timeoutMs: 1000 }).error).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    world.isBroken = false;
    coordinator.check();
    expect(coordinator.get('t')!.state).toBe('CompleteCommit');
  });

  it('takes turns with other requests while it completes a large transaction', async () => {
    const { coordinator, world, begin } = coordinatorOf();
    const places = Array.from({ length: 200 }, (_, index): Place => ['a', index]);
    const producer = begin(places);
    coordinator.end('t', { producer, committed: true, version: 0 });
    expect(world.markers).toHaveLength(64);
    expect(coordinator.verify('t', producer, ['a', 0])).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    while (coordinator.get('t')!.state !== 'CompleteCommit')
      await new Promise((resolve) => setImmediate(resolve));
    expect(world.markers).toHaveLength(200);
  });

  it('skips partitions that were deleted', () => {
    const { coordinator, world, begin } = coordinatorOf();
    const places: Place[] = [
      ['deleted', 0],
      ['a', 1],
    ];
    const producer = begin(places);
    coordinator.end('t', { producer, committed: false, version: 0 });
    expect(world.markers).toHaveLength(1);
    expect(coordinator.get('t')!.state).toBe('CompleteAbort');
  });

  it('forgets ids that were not used for a week', () => {
    const { coordinator, world } = coordinatorOf();
    coordinator.init('t', { timeoutMs: 1000 });
    world.now = 7 * 24 * 3600 * 1000;
    coordinator.check();
    expect(coordinator.all()).toEqual([]);
  });
});
