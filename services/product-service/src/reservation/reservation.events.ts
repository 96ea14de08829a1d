import { defineEvent, Outbox } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrderStockDecided } from '../gen/order_events.js';
import type { Refusal } from './reservation.rules.js';

export const stockDecided = defineEvent('order.stock.decided', OrderStockDecided);

/** Publishes stock decisions, within the transaction that takes the items. */
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
