import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '../wire/error-code.js';
import type { Event } from './event.js';
import { step } from './step.js';
import { isExpired, isTimedOut, type Place, type Transaction } from './transaction.js';

const NEW_ID = 100;
const PLACE: Place = ['a', 0];

/** One transactional id, to which events happen at one time; new ids are 100, 101… */
class Id {
  transaction: Transaction | undefined;
  newProducerId = NEW_ID;

  do(event: Event, now = 0): ErrorCode {
    const { transaction, error } = step(this.transaction, event, now);
    if ([transaction?.producerId, transaction?.nextProducerId].includes(this.newProducerId))
      this.newProducerId++;
    this.transaction = transaction;
    return error;
  }

  init(expected?: { producerId: number; epoch: number }): ErrorCode {
    return this.do({ kind: 'init', timeoutMs: 1000, expected, newProducerId: this.newProducerId });
  }

  add(version = 0, producer = this.producer): ErrorCode {
    return this.do({ kind: 'add', producer, partitions: [PLACE], version });
  }

  end(committed: boolean, version = 0, producer = this.producer): ErrorCode {
    const { newProducerId } = this;
    return this.do({ kind: 'end', producer, committed, version, newProducerId });
  }

  get producer() {
    const { producerId, epoch } = this.transaction!;
    return { producerId, epoch };
  }

  with(changes: Partial<Transaction>): this {
    this.transaction = { ...this.transaction!, ...changes };
    return this;
  }
}

const started = (): Id => {
  const id = new Id();
  id.init();
  return id;
};

describe('a transaction', () => {
  it('goes from Empty over Ongoing to complete', () => {
    const id = started();
    expect(id.transaction).toMatchObject({ state: 'Empty', producerId: NEW_ID, epoch: 0 });
    expect([id.add(), id.transaction!.state]).toEqual([ErrorCode.NONE, 'Ongoing']);
    expect([id.end(true), id.transaction!.state]).toEqual([ErrorCode.NONE, 'PrepareCommit']);
    expect(id.add()).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect(id.end(true)).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect(id.init()).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    id.do({ kind: 'completed' });
    expect(id.transaction).toMatchObject({ state: 'CompleteCommit', partitions: [], epoch: 0 });
  });

  it('is unknown before the first InitProducerId', () => {
    const producer = { producerId: 1, epoch: 0 };
    const { error } = step(undefined, { kind: 'add', producer, partitions: [], version: 0 }, 0);
    expect(error).toBe(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
  });

  it('that has timed out is aborted with an epoch that fences its producer', () => {
    const id = started();
    const zombie = id.producer;
    id.do({ kind: 'add', producer: zombie, partitions: [PLACE], version: 0 }, 5000);
    expect([6000, 6001].map((now) => isTimedOut(id.transaction!, now))).toEqual([false, true]);
    id.do({ kind: 'fence', newProducerId: 0 });
    expect(id.transaction).toMatchObject({ state: 'PrepareAbort', epoch: 1 });
    id.do({ kind: 'completed' });
    expect(id.end(true, 0, zombie)).toBe(ErrorCode.PRODUCER_FENCED);
  });

  it('is forgotten after a week without use', () => {
    const { transaction } = started();
    const week = 7 * 24 * 3600 * 1000;
    expect([week - 1, week].map((now) => isExpired(transaction!, now))).toEqual([false, true]);
    expect(isExpired({ ...transaction!, state: 'Ongoing' }, week)).toBe(false);
  });
});

describe('epochs', () => {
  it('end in a new producer id', () => {
    const id = started().with({ epoch: 0x7ffe });
    const last = id.producer;
    expect(id.init()).toBe(ErrorCode.NONE);
    expect(id.producer).toEqual({ producerId: NEW_ID + 1, epoch: 0 });
    expect(id.init(last)).toBe(ErrorCode.PRODUCER_FENCED);
  });

  it('that are used up may be continued from, also when the request is repeated', () => {
    const id = started().with({ epoch: 0x7ffe });
    const last = id.producer;
    expect([id.init(last), id.init(last)]).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
    expect(id.producer).toEqual({ producerId: NEW_ID + 1, epoch: 0 });
  });

  it('that are used up by a fence are followed by a new id', () => {
    const id = started().with({ epoch: 0x7ffe });
    id.add();
    expect(id.init()).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect(id.transaction!.epoch).toBe(0x7fff);
    id.do({ kind: 'completed' });
    expect(id.init()).toBe(ErrorCode.NONE);
    expect(id.producer).toEqual({ producerId: NEW_ID + 1, epoch: 0 });
  });
});

describe('a transaction of version 2', () => {
  it('increments the epoch when it ends, and recognizes a repeated request', () => {
    const id = started();
    const before = id.producer;
    id.add(2);
    expect(id.end(true, 2)).toBe(ErrorCode.NONE);
    expect(id.producer.epoch).toBe(1);
    expect(id.end(true, 2, before)).toBe(ErrorCode.CONCURRENT_TRANSACTIONS);
    expect(id.end(false, 2, before)).toBe(ErrorCode.INVALID_TXN_STATE);
    id.do({ kind: 'completed' });
    expect(id.end(true, 2, before)).toBe(ErrorCode.NONE);
    expect(id.end(false, 2, before)).toBe(ErrorCode.INVALID_TXN_STATE);
    expect(id.end(true, 2, { ...before, epoch: 2 })).toBe(ErrorCode.PRODUCER_FENCED);
  });

  it('may be aborted without having begun, but not committed', () => {
    const id = started();
    expect(id.end(true, 2)).toBe(ErrorCode.INVALID_TXN_STATE);
    expect(id.end(false, 2)).toBe(ErrorCode.NONE);
    id.do({ kind: 'completed' });
    expect(id.transaction).toMatchObject({ state: 'CompleteAbort', epoch: 1 });
  });

  it('continues with a new id when the epochs are used up, also for a repeated request', () => {
    const id = started().with({ epoch: 0x7ffe });
    const last = id.producer;
    id.add(2);
    id.end(true, 2);
    expect(id.transaction).toMatchObject({ producerId: NEW_ID, epoch: 0x7fff, nextProducerId: NEW_ID + 1 });
    id.do({ kind: 'completed' });
    expect(id.producer).toEqual({ producerId: NEW_ID + 1, epoch: 0 });
    expect(id.end(true, 2, last)).toBe(ErrorCode.NONE);
  });
});
