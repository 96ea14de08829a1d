import { type DueDeadline, type LookAgain, OnDeadline, type Settle } from '@msx/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Reservation } from '../gen/product.js';
import { PRODUCTS, type Products } from '../upstreams.js';
import { type AwaitedDecision, type AwaitedRelease, decision, release } from './order.deadlines.js';
import { OrderService } from './order.service.js';
import { OrderSettings } from './order.settings.js';
import { decideLate, isReturned } from './overdue.rules.js';

const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * Asks product-service about orders that were not decided in time, and about stock that was not returned: their events may have
 * been lost. Its answers come from rows, so they hold whatever the broker has; while it does not answer, orders stay as they are.
 */
@Injectable()
export class OverdueOrders {
  constructor(
    private readonly orders: OrderService,
    private readonly settings: OrderSettings,
    @Inject(PRODUCTS) private readonly products: Products,
  ) {}

  @OnDeadline(decision)
  async onUndecided({
    key,
    value: { asked },
  }: DueDeadline<AwaitedDecision>): Promise<Settle<AwaitedDecision>> {
    const late = decideLate(await this.reservationOf(key), asked);
    if (late !== 'ask-again') return (tx) => this.orders.decideLate(tx, key, late);
    const again = { after: this.settings.decisionTimeoutMs, value: { asked: true } };
    return (tx) => this.orders.tellAgain(tx, key).then(() => again);
  }

  @OnDeadline(release)
  async onKept({ key, value }: DueDeadline<AwaitedRelease>): Promise<Settle<AwaitedRelease>> {
    const { previous, rounds } = value;
    if (isReturned(await this.reservationOf(key))) return () => Promise.resolve();
    const after = Math.min(LONGEST_WAIT_MS, this.settings.decisionTimeoutMs * 2 ** rounds);
    const again = { after, value: { previous, rounds: rounds + 1 } };
    return async (tx: EntityManager): Promise<LookAgain<AwaitedRelease>> => {
      await this.orders.tellEndAgain(tx, key, previous);
      return again;
    };
  }

  private async reservationOf(orderId: string): Promise<Reservation | undefined> {
    return (await this.products.read('getReservation', { orderId })).reservation;
  }
}
