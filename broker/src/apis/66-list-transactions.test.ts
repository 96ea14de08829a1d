import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { listTransactions } from './66-list-transactions.js';
import { createTopic } from './records.fixture.js';
import { TransactionalProducer } from './transaction.fixture.js';

const { start, connect } = brokers();

const started = async () => {
  const client = await connect(await start());
  await createTopic(client, 'a');
  const open = await TransactionalProducer.start(client, 'open');
  await open.add('a');
  await TransactionalProducer.start(client, 'empty');
  return { client, open };
};

describe('ListTransactions', () => {
  it.each([
    [{}, ['empty', 'open']],
    [{ stateFilters: ['Ongoing'] }, ['open']],
    [{ stateFilters: ['CompleteAbort'] }, []],
    [{ stateFilters: ['Nonsense'] }, []],
    [{ stateFilters: ['Nonsense', 'Empty'] }, ['empty']],
    [{ producerIdFilters: [0] }, ['open']],
    [{ durationFilter: 60_000 }, ['empty']],
    [{ transactionalIdPattern: 'o.*' }, ['open']],
    [{ transactionalIdPattern: 'o' }, []],
    [{ transactionalIdPattern: '' }, ['empty', 'open']],
  ])('filters by %j', async (filter, expected) => {
    const { client } = await started();
    const { transactionStates } = await client.call(listTransactions, 2, filter);
    expect(transactionStates.map(({ transactionalId }) => transactionalId).sort()).toEqual(expected);
  });

  it('names the states that do not exist', async () => {
    const { client, open } = await started();
    const answer = await client.call(listTransactions, 1, { stateFilters: ['Nonsense', 'Ongoing'] });
    expect(answer.unknownStateFilters).toEqual(['Nonsense']);
    expect(answer.transactionStates).toEqual([
      { transactionalId: 'open', producerId: open.producerId, transactionState: 'Ongoing' },
    ]);
  });

  it.each([
    ['is invalid', '('],
    ['takes too long', '(e+)+x'],
  ])('refuses a pattern that %s', async (_, transactionalIdPattern) => {
    const client = await connect(await start());
    await TransactionalProducer.start(client, 'e'.repeat(40));
    const answer = await client.call(listTransactions, 2, { transactionalIdPattern });
    expect(answer.errorCode).toBe(ErrorCode.INVALID_REGULAR_EXPRESSION);
  });
});
