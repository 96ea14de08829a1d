import { defineDeadline, Deadlines } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrderSettings } from './order.settings.js';
import type { OrderStatus } from './order.status.js';

export interface AwaitedDecision {
  /** Whether the order's order.created was published again. */
  readonly asked: boolean;
}

export interface AwaitedRelease {
  readonly previous: OrderStatus;
  /** How often the order's end was published again. */
  readonly rounds: number;
}

/** The stock's decision on a PENDING order. */
export const decision = defineDeadline<AwaitedDecision>('order.decision');

/** The return of what an order that is over may have taken from stock. */
export const release = defineDeadline<AwaitedRelease>('order.release');

/** Sets and clears the deadlines of orders, within the transaction that changes them. */
@Injectable()
export class OrderDeadlines {
  constructor(
    private readonly deadlines: Deadlines,
    private readonly settings: OrderSettings,
  ) {}

  /** An order was saved: it is to be decided. */
  async pending(tx: EntityManager, id: string): Promise<void> {
    await this.deadlines.set(tx, decision, { key: id, after: this.limit, value: { asked: false } });
  }

  /** An order was decided, or is over. */
  async notPending(tx: EntityManager, id: string): Promise<void> {
    await this.deadlines.clear(tx, decision, id);
  }

  /** An order is over that may have taken something from stock: it is to be returned. */
  async over(tx: EntityManager, id: string, previous: OrderStatus): Promise<void> {
    await this.deadlines.set(tx, release, { key: id, after: this.limit, value: { previous, rounds: 0 } });
  }

  private get limit(): number {
    return this.settings.decisionTimeoutMs;
  }
}
