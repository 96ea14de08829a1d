import { defineEvent, Outbox } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrderStockDecided } from '../gen/order_events.js';

export const stockDecided = defineEvent('order.stock.decided', OrderStockDecided);

/** Why stock refuses an order. */
export type Refusal = 'OUT_OF_STOCK' | 'PRODUCT_NOT_FOUND' | 'ORDER_CANCELLED';

/** Answers orders, within the transaction that takes their pieces. */
@Injectable()
export class ReservationEvents {
  constructor(private readonly outbox: Outbox) {}

  async accepted(tx: EntityManager, orderId: string): Promise<void> {
    await this.outbox.add(tx, stockDecided, { key: orderId, value: { orderId, accepted: true, reason: '' } });
  }

  async refused(tx: EntityManager, orderId: string, reason: Refusal): Promise<void> {
    await this.outbox.add(tx, stockDecided, { key: orderId, value: { orderId, accepted: false, reason } });
  }
}
