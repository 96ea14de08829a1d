import { defineEvent, OnEvent, type ReceivedEvent } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OrderStockDecided } from '../gen/order_events.js';
import { OrderService } from './order.service.js';

const orderStockDecided = defineEvent('order.stock.decided', OrderStockDecided);

/** Applies stock decisions to orders. */
@Injectable()
export class OrderConsumer {
  constructor(private readonly orders: OrderService) {}

  @OnEvent(orderStockDecided)
  async onOrderStockDecided({ value }: ReceivedEvent<OrderStockDecided>, tx: EntityManager): Promise<void> {
    await this.orders.decide(tx, value.orderId, value);
  }
}
