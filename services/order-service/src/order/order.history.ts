import { Histories, type HistoryPage, type HistorySlice } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Order } from './order.entity.js';
import { changeOf, creationOf, type OrderChange, orderHistory } from './order.history-type.js';

/** Records what happens to orders, within the transaction that changes them. */
@Injectable()
export class OrderHistory {
  constructor(private readonly histories: Histories) {}

  async created(tx: EntityManager, order: Order): Promise<void> {
    await this.append(tx, order.id, { version: 1, at: order.createdAt, ...creationOf(order) });
  }

  /** @param before the order before it changed, which has no events if an older version of this service saved it */
  async statusChanged(tx: EntityManager, order: Order, before: Order): Promise<void> {
    if (before.version === 0) await this.adopt(tx, before);
    await this.append(tx, order.id, { version: order.version, at: order.updatedAt, ...changeOf(order)! });
  }

  /** A page of what happened to an order. @throws DomainError VALIDATION_FAILED */
  page(id: string, slice: HistorySlice): Promise<HistoryPage> {
    return this.histories.page(orderHistory, id, slice);
  }

  private async adopt(tx: EntityManager, order: Order): Promise<void> {
    await this.created(tx, order);
    const change = changeOf(order);
    if (change) await this.append(tx, order.id, { version: 2, at: order.updatedAt, ...change });
  }

  private append(
    tx: EntityManager,
    id: string,
    event: OrderChange & { readonly version: number; readonly at: Date },
  ): Promise<void> {
    return this.histories.append(tx, orderHistory, { id, ...event });
  }
}
