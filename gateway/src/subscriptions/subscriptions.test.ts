import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { TestBroker as Broker } from '../testing/test-broker.js';
import { loanStatusChanged, bookStockUpdated } from '../library/upstreams.fixture.js';
import { eventually, TestSubscriber as Subscriber } from '../testing/test-subscriber.js';

const broker = new Broker();
const gateway = new Gateway();
const replica = new Gateway();
const { library } = gateway;
const subscribers: Subscriber[] = [];
let jane: string;
let john: string;
let book: string;

beforeAll(async () => {
  await broker.start();
  const settings = { KAFKA_BROKERS: broker.address, CORS_ORIGINS: 'https://library.example' };
  await gateway.start('production', {
    ...settings,
    RATE_LIMIT_ADDRESS: 'off',
    RATE_LIMIT_PRINCIPAL: '9000/60',
  });
  await replica.start('production', { ...settings, ...library.urls, JWKS: library.keys.variables.JWKS! });
  jane = library.addReader('Jane').id;
  john = library.addReader('John').id;
  book = library.addBook().id;
});
afterAll(async () => {
  await Promise.all([gateway.stop(), replica.stop()]);
  await broker.remove();
});
beforeEach(() => gateway.signIn(jane, 'customer'));
afterEach(async () => {
  await Promise.all(subscribers.splice(0).map((one) => one.stop()));
});

const bearer = async (id: string, ...roles: string[]) => `Bearer ${await library.keys.sign({ id, roles })}`;

/** A client of a gateway, as this reader. */
async function subscriber(id = jane, { at = gateway, roles = ['customer'] } = {}): Promise<Subscriber> {
  return client(at.url, await bearer(id, ...roles));
}

function client(...args: ConstructorParameters<typeof Subscriber>): Subscriber {
  const one = new Subscriber(...args);
  subscribers.push(one);
  return one;
}

const STOCK = 'subscription ($id: ID!) { bookStockChanged(bookId: $id) { stock change book { stock } } }';
const LOANS =
  'subscription ($readerId: ID) { loanStatusChanged(readerId: $readerId) { loanId status loan { status } } }';

const stockOf = (bookId: string, stock: number) =>
  broker.publish(bookStockUpdated, bookId, { bookId, stock, change: -1 });

/** A loan of this reader changes its status, in the database of its service and as an event. */
async function step(readerId: string): Promise<string> {
  const loan = library.addLoan(readerId, []);
  loan.status = 'CONFIRMED';
  await broker.publish(loanStatusChanged, loan.id, {
    loanId: loan.id,
    readerId,
    status: 'CONFIRMED',
  });
  return loan.id;
}

/** Publishes changes of a book until this subscription receives an event: from then on it misses none. */
async function settled(
  one: { data: unknown[]; errors: unknown[] },
  publish: () => Promise<unknown>,
): Promise<void> {
  await eventually('the subscription is active', async () => {
    await publish();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return one.data.length > 0 || one.errors.length > 0;
  });
  expect(one.errors).toEqual([]);
}

describe('a subscription', () => {
  it('receives each change, in order, with freshly loaded data', async () => {
    const received = (await subscriber()).subscribe(STOCK, { id: book });
    await settled(received, () => stockOf(book, 50));
    const before = received.data.length;
    for (const stock of [9, 8, 7]) {
      library.books.get(book)!.stock = stock;
      await stockOf(book, stock);
      await eventually('it is received', () => received.data.at(-1)?.bookStockChanged.stock === stock);
      expect(received.data.at(-1).bookStockChanged.book.stock).toBe(stock);
    }
    expect(received.data.length).toBeGreaterThanOrEqual(before + 3);
    received.stop();
  });

  it('receives events at every replica of the gateway', async () => {
    const [here, there] = [await subscriber(), await subscriber(jane, { at: replica })].map((one) =>
      one.subscribe(LOANS),
    );
    await Promise.all([settled(here!, () => step(jane)), settled(there!, () => step(jane))]);
    const loan = await step(jane);
    for (const { data } of [here!, there!])
      await eventually('it is received', () =>
        data.some(({ loanStatusChanged: one }) => one.loanId === loan && one.loan.status === 'CONFIRMED'),
      );
  });

  it('of loans receives those of its reader only; an admin receives all', async () => {
    const own = (await subscriber()).subscribe(LOANS);
    const all = (await subscriber('boss', { roles: ['admin'] })).subscribe(LOANS);
    await settled(own, () => step(jane));
    await settled(all, () => step(jane));
    const [secret, mine] = [await step(john), await step(jane)];
    const idsOf = ({ data }: typeof own) => data.map(({ loanStatusChanged: one }) => one.loanId as string);
    await eventually('both are received', () => [secret, mine].every((id) => idsOf(all).includes(id)));
    await eventually('hers is received', () => idsOf(own).includes(mine));
    expect(idsOf(own)).not.toContain(secret);
  });

  it('misses nothing while Kafka restarts', async () => {
    const received = (await subscriber()).subscribe(LOANS);
    await settled(received, () => step(jane));
    await broker.kill();
    await broker.start();
    const loan = await step(jane);
    await eventually('it is received', () =>
      received.data.some(({ loanStatusChanged: one }) => one.loanId === loan),
    );
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['FORBIDDEN', LOANS, { readerId: 'another' }],
    ['LOAN_NOT_FOUND', 'subscription { loanStatusChanged(loanId: "nothing") { status } }', {}],
    ['BOOK_NOT_FOUND', STOCK, { id: 'nothing' }],
    ['VALIDATION_FAILED', STOCK, { id: '' }],
    ['BAD_USER_INPUT', STOCK, {}],
    ['BAD_REQUEST', '{ me { id } }', {}],
    ['GRAPHQL_PARSE_FAILED', 'subscription {', {}],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { nothing }', {}],
    [
      'QUERY_TOO_DEEP',
      `subscription { loanStatusChanged { loan { ${'reader { '.repeat(13)} id ${'}'.repeat(13)} } } }`,
      {},
    ],
  ])('that is invalid ends with %s, and leaves the socket open', async (code, query, variables) => {
    const one = await subscriber();
    const received = one.subscribe(query, variables);
    await eventually('it is refused', () => received.done);
    expect(received.codes).toContain(code);
    expect(received.errors[0].extensions.requestId).toEqual(expect.any(String));
    expect(JSON.stringify(received.errors)).not.toContain('Did you mean');
    expect(one.closed?.code ?? 1000).toBe(1000);
  });

  it('is refused beyond 50 on a socket', async () => {
    const one = await subscriber();
    const all = Array.from({ length: 51 }, () => one.subscribe(LOANS));
    await eventually('one is refused', () => all.some(({ done }) => done));
    expect(all.filter(({ done }) => done).map(({ codes }) => codes)).toEqual([['TOO_MANY_SUBSCRIPTIONS']]);
  });

  it('counts as a request', async () => {
    const other = new Gateway();
    try {
      await other.start('production', { KAFKA_BROKERS: broker.address, RATE_LIMIT_PRINCIPAL: '3/3600' });
      const token = `Bearer ${await other.library.keys.sign({ id: jane, roles: [] })}`;
      const one = client(other.url, token);
      const all = Array.from({ length: 4 }, () => one.subscribe('subscription { nothing }'));
      await eventually('all are refused', () => all.every(({ done }) => done));
      expect(all.flatMap(({ codes }) => codes).filter((code) => code === 'RATE_LIMITED')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('is refused while Kafka is down, but queries are not', async () => {
    const other = new Gateway();
    try {
      await other.start('development', { KAFKA_BROKERS: '127.0.0.1:1' });
      const received = client(other.url).subscribe(LOANS);
      await eventually('it is refused', () => received.done);
      expect(received.codes).toEqual(['EVENTS_UNAVAILABLE']);
      expect((await other.gql('{ readersCount }')).data).toEqual({ readersCount: 0 });
    } finally {
      await other.stop();
    }
  });
});
