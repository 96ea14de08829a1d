import { defineEvent, DomainError, OnEvent, type ReceivedEvent } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrderStatus } from '../gen/order.js';
import { OrderCreated, OrderStatusChanged } from '../gen/order_events.js';
import { ReservationService } from './reservation.service.js';

export const orderCreated = defineEvent('order.created', OrderCreated);
export const orderStatusChanged = defineEvent('order.status.changed', OrderStatusChanged);

/** Turns what happens to orders into what happens to stock. */
@Injectable()
export class ReservationConsumer {
  constructor(private readonly reservations: ReservationService) {}

  @OnEvent(orderCreated)
  async onOrderCreated({ value: { order } }: ReceivedEvent<OrderCreated>, tx: EntityManager): Promise<void> {
    if (!order)
      throw new DomainError('VALIDATION_FAILED', 'order.created without an order', { kind: 'invalid' });
    await this.reservations.reserve(tx, order.id, order.items);
  }

  @OnEvent(orderStatusChanged)
  async onOrderStatusChanged(event: ReceivedEvent<OrderStatusChanged>, tx: EntityManager): Promise<void> {
    const { orderId, status } = event.value;
    if (status === OrderStatus.ORDER_STATUS_CANCELLED) await this.reservations.release(tx, orderId);
  }
}
