import { defineEvent, Outbox } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrderCreated, OrderStatusChanged } from '../gen/order_events.js';
import type { Order } from './order.entity.js';
import { toMessage, toStatus } from './order.message.js';
import type { OrderStatus } from './order.status.js';

export const orderCreated = defineEvent('order.created', OrderCreated);
export const orderStatusChanged = defineEvent('order.status.changed', OrderStatusChanged);

/**
 * Publishes the events of orders, within the transaction that changes them. An order is created once, and has each status once:
 * that makes the id of an event, so that a copy that is published later is dropped by those who handled the first one.
 */
@Injectable()
export class OrderEvents {
  constructor(private readonly outbox: Outbox) {}

  async created(tx: EntityManager, order: Order): Promise<void> {
    await this.outbox.add(tx, orderCreated, {
      id: order.id,
      key: order.id,
      value: { order: toMessage(order) },
    });
  }

  async statusChanged(tx: EntityManager, order: Order, previous: OrderStatus): Promise<void> {
    const { id: orderId, userId, reason, updatedAt: changedAt } = order;
    const status = { previousStatus: toStatus(previous), status: toStatus(order.status) };
    const value = { orderId, userId, ...status, reason, changedAt };
    const id = `${orderId}-${order.status}`;
    await this.outbox.add(tx, orderStatusChanged, { id, key: orderId, value });
  }
}
