import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadlines, type DeadlineType, Histories, type Settle } from '@msx/runtime';
import { drivers, type TestService } from '@msx/runtime/testing';
import fc from 'fast-check';
import { ReservationState } from '../gen/product.js';
import { startOrderService, StockFixture } from './order-service.fixture.js';
import { decision, release } from './order.deadlines.js';
import { orderHistory } from './order.history-type.js';
import { OverdueOrders } from './order.overdue.js';
import { OrderService } from './order.service.js';
import { canBecome, type OrderStatus } from './order.status.js';
import { NOT_DECIDED } from './overdue.rules.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);
const SEED = process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };

/** What may happen to one order; what has no meaning yet does nothing. */
const STEPS = [
  'stock takes',
  'stock refuses',
  'stock hears the end',
  'decision arrives',
  'cancel',
  'decision deadline: look',
  'release deadline: look',
  'settle the oldest look',
  'settle the newest look',
] as const;
type Step = (typeof STEPS)[number];

/** One order with everything around it that may be early, late, repeated or missing. */
class History {
  /** Deadlines that were looked at and wait to be settled. */
  private readonly looks: (() => Promise<void>)[] = [];

  private constructor(
    private readonly service: TestService,
    private readonly stock: StockFixture,
    readonly id: string,
  ) {}

  static async begin(service: TestService, stock: StockFixture): Promise<History> {
    await service.database.transaction((tx) => tx.query('DELETE FROM outbox'));
    const price = { minorUnits: 2_999, currencyCode: 'USD' };
    const items = [{ productId: 'mouse', quantity: 2, price }];
    const { id } = await service.get(OrderService).create({ userId: 'jane', items });
    return new History(service, stock, id);
  }

  async happens(step: Step): Promise<void> {
    switch (step) {
      case 'stock takes':
        return this.stockDecides(ReservationState.RESERVATION_STATE_TAKEN);
      case 'stock refuses':
        return this.stockDecides(ReservationState.RESERVATION_STATE_REJECTED, 'OUT_OF_STOCK');
      case 'stock hears the end':
        return this.stockHears();
      case 'decision arrives':
        return this.decisionArrives();
      case 'cancel':
        return this.cancel();
      case 'decision deadline: look':
        return this.look('order.decision');
      case 'release deadline: look':
        return this.look('order.release');
      case 'settle the oldest look':
        return this.looks.shift()?.();
      case 'settle the newest look':
        return this.looks.pop()?.();
    }
  }

  /** What was published so far is lost; from now on nothing is, and every deadline passes, as often as it takes. */
  async ends(): Promise<void> {
    while (this.looks.length > 0) await this.looks.shift()!();
    await this.service.database.transaction((tx) => tx.query('DELETE FROM outbox'));
    for (let round = 0; round < 4; round++) {
      for (const kind of ['order.decision', 'order.release'] as const) {
        await this.look(kind);
        await this.looks.shift()?.();
      }
      const topics = (await this.service.outbox()).map(({ topic }) => topic);
      if (topics.includes('order.created')) await this.stockDecides(ReservationState.RESERVATION_STATE_TAKEN);
      if (topics.includes('order.status.changed')) await this.stockHears();
    }
  }

  async state() {
    const { status, reason } = await this.service.get(OrderService).get(this.id);
    const rows = (await this.service.database.read
      .sql`SELECT kind FROM deadlines WHERE subject = ${this.id}`) as { kind: string }[];
    return { status, reason, deadlines: rows.map(({ kind }) => kind), held: this.isHeld };
  }

  /** The row of this order, and the one that its events fold to. */
  async rows() {
    const { id } = this;
    const { state, version } = await this.service.get(Histories).stateAt(orderHistory, id);
    return {
      row: await this.service.get(OrderService).get(id),
      folded: orderHistory.toRow(state!, { id, version }),
    };
  }

  /** The transitions that were published, without the copies of lost events. */
  async transitions(): Promise<[OrderStatus, OrderStatus][]> {
    const name = (status: unknown) => String(status).replace('ORDER_STATUS_', '') as OrderStatus;
    const changes = (await this.service.outbox('order.status.changed')).map(
      ({ value }) => `${name(value.previousStatus)} ${name(value.status)}`,
    );
    return [...new Set(changes)].map((change) => change.split(' ') as [OrderStatus, OrderStatus]);
  }

  private get isHeld(): boolean {
    return this.stock.reservations.get(this.id)?.state === ReservationState.RESERVATION_STATE_TAKEN;
  }

  private async stockDecides(state: ReservationState, reason = ''): Promise<void> {
    if (!this.stock.reservations.has(this.id)) this.stock.reservations.set(this.id, { state, reason });
  }

  private async stockHears(): Promise<void> {
    const { status } = await this.service.get(OrderService).get(this.id);
    if (status !== 'CANCELLED' && status !== 'REJECTED') return;
    const { RESERVATION_STATE_CANCELLED, RESERVATION_STATE_RELEASED } = ReservationState;
    const reservation = this.stock.reservations.get(this.id);
    if (!reservation)
      this.stock.reservations.set(this.id, { state: RESERVATION_STATE_CANCELLED, reason: '' });
    else if (this.isHeld)
      this.stock.reservations.set(this.id, { state: RESERVATION_STATE_RELEASED, reason: '' });
  }

  /** The message stays where it is: it may arrive again, or late. */
  private async decisionArrives(): Promise<void> {
    const reservation = this.stock.reservations.get(this.id);
    if (!reservation || reservation.state === ReservationState.RESERVATION_STATE_CANCELLED) return;
    const accepted = reservation.state !== ReservationState.RESERVATION_STATE_REJECTED;
    await this.service.database.transaction((tx) =>
      this.service.get(OrderService).decide(tx, this.id, { accepted, reason: reservation.reason }),
    );
  }

  private async cancel(): Promise<void> {
    await this.service
      .get(OrderService)
      .cancel(this.id, 'changed my mind')
      .catch((error: { reason?: string }) => expect(error.reason).toBe('ORDER_NOT_CANCELLABLE'));
  }

  /** As the runner of deadlines does: it is settled only if it is still the one that was looked at. */
  private async look(kind: 'order.decision' | 'order.release'): Promise<void> {
    const { database } = this.service;
    const [row] = (await database.read
      .sql`SELECT value, version FROM deadlines WHERE kind = ${kind} AND subject = ${this.id}`) as {
      value: string;
      version: string;
    }[];
    if (!row) return;
    const overdue = this.service.get(OverdueOrders);
    const due = { key: this.id, value: JSON.parse(row.value) as never };
    const type: DeadlineType<unknown> = kind === 'order.decision' ? decision : release;
    const settle = (await (type === decision
      ? overdue.onUndecided(due)
      : overdue.onKept(due))) as Settle<unknown>;
    this.looks.push(() =>
      database.transaction(async (tx) => {
        const found = (await tx.sql`SELECT version FROM deadlines
          WHERE kind = ${kind} AND subject = ${this.id} AND version = ${row.version}`) as unknown[];
        if (found.length === 0) return;
        const deadlines = this.service.get(Deadlines);
        await deadlines.clear(tx, type, this.id);
        const again = await settle(tx);
        if (again) await deadlines.set(tx, type, { key: this.id, ...again });
      }),
    );
  }
}

describe.each(drivers)('the history of an order on %s', (driver) => {
  const stock = new StockFixture();
  let service: TestService;

  beforeAll(async () => {
    await stock.listen();
    service = await startOrderService(driver, stock.address);
  });
  afterAll(async () => {
    await service.stop();
    stock.close();
  });

  /** Steps in one group happen at the same time. */
  const groups = fc.array(fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 3 }), {
    maxLength: 12,
  });

  it('has only transitions of the table, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(groups, async (steps) => {
        const history = await History.begin(service, stock);
        for (const group of steps) {
          await Promise.all(group.map((step) => history.happens(step)));
          const { status, reason, deadlines, held } = await history.state();
          expect(deadlines.includes('order.decision')).toBe(status === 'PENDING');
          const isOver = status === 'CANCELLED' || (status === 'REJECTED' && reason === NOT_DECIDED);
          if (isOver && held) expect(deadlines).toContain('order.release');
        }
        const { row, folded } = await history.rows();
        expect(folded).toEqual(row);
        const { status } = await history.state();
        const transitions = await history.transitions();
        for (const [from, to] of transitions) expect(canBecome(from, to)).toBe(true);
        expect(['PENDING', ...transitions.map(([, to]) => to)].at(-1)).toBe(status);
        transitions.forEach(([from], n) => expect(from).toBe(n ? transitions[n - 1]![1] : 'PENDING'));
      }),
      { numRuns: RUNS, ...SEED },
    );
  });

  it('ends, even if events are lost: an order is decided, and the stock is taken if and only if it is CONFIRMED', async () => {
    await fc.assert(
      fc.asyncProperty(groups, async (steps) => {
        const history = await History.begin(service, stock);
        for (const group of steps) for (const step of group) await history.happens(step);
        await history.ends();
        const { status, deadlines, held } = await history.state();
        expect(status).not.toBe('PENDING');
        expect(held).toBe(status === 'CONFIRMED');
        expect(deadlines).toEqual([]);
      }),
      { numRuns: RUNS, ...SEED },
    );
  });
});
