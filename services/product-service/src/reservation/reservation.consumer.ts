import { defineEvent, OnEvent, type ReceivedEvent, Validation } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Order, OrderStatus } from '../gen/order.js';
import { OrderCreated, OrderStatusChanged } from '../gen/order_events.js';
import { MAX_ID_LENGTH } from './reservation.rules.js';
import { ReservationService } from './reservation.service.js';

const orderCreated = defineEvent('order.created', OrderCreated);
const orderStatusChanged = defineEvent('order.status.changed', OrderStatusChanged);

/**
 * The changes of an order's status that concern the stock: an order that is over keeps nothing, even if it was rejected before
 * the stock decided.
 */
export const isOver = ({ status }: OrderStatusChanged): boolean =>
  status === OrderStatus.ORDER_STATUS_CANCELLED || status === OrderStatus.ORDER_STATUS_REJECTED;

function checkOrder({ id, items }: Order): void {
  const validation = new Validation().text(id, 'order.id', { min: 1, max: MAX_ID_LENGTH });
  validation.check(items.length > 0, 'order.items', 'must not be empty');
  for (const [n, { productId }] of items.entries())
    validation.text(productId, `order.items[${n}].productId`, { min: 1, max: MAX_ID_LENGTH });
  validation.done();
}

/** Reserves and releases stock as orders are created and end. */
@Injectable()
export class ReservationConsumer {
  constructor(private readonly reservations: ReservationService) {}

  @OnEvent(orderCreated)
  async onOrderCreated({ value: { order } }: ReceivedEvent<OrderCreated>, tx: EntityManager): Promise<void> {
    new Validation().check(order !== undefined, 'order', 'is required').done();
    checkOrder(order!);
    await this.reservations.reserve(tx, order!.id, order!.items);
  }

  @OnEvent(orderStatusChanged, { when: isOver })
  async onOrderStatusChanged(event: ReceivedEvent<OrderStatusChanged>, tx: EntityManager): Promise<void> {
    const { orderId } = event.value;
    new Validation().text(orderId, 'orderId', { min: 1, max: MAX_ID_LENGTH }).done();
    await this.reservations.release(tx, orderId);
  }
}
