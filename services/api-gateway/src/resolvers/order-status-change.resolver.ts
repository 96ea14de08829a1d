import { Changes } from '@msx/gateway';
import { currentPrincipal, mayActFor, requireSelf } from '@msx/runtime';
import { Inject } from '@nestjs/common';
import { Args, Resolver, Subscription } from '@nestjs/graphql';
import type { OrderStatusChanged } from '../gen/order_events.js';
import { OrderStatusChange, OrderStatusChangedArgs } from '../models/order-status-change.model.js';
import { orderStatusChanged } from '../events/followed-events.js';
import { ORDERS } from '../upstreams/upstreams.js';
import type { Orders } from '../upstreams/upstreams.js';

@Resolver(() => OrderStatusChange)
export class OrderStatusChangeResolver {
  constructor(
    @Inject(ORDERS) private readonly service: Orders,
    private readonly changes: Changes,
  ) {}

  @Subscription(() => OrderStatusChange, {
    description: 'Future status changes of the orders that the subscriber may see.',
    resolve: (event: OrderStatusChanged) => new OrderStatusChange(event),
  })
  async orderStatusChanged(
    @Args() { userId, orderId }: OrderStatusChangedArgs,
  ): Promise<AsyncIterableIterator<OrderStatusChanged>> {
    if (userId) requireSelf(userId);
    if (orderId) await this.service.read('getOrder', { id: orderId });
    const principal = currentPrincipal();
    return this.changes.follow(
      orderStatusChanged,
      (event) =>
        (!userId || event.userId === userId) &&
        (!orderId || event.orderId === orderId) &&
        (!principal || mayActFor(event.userId, principal)),
    );
  }
}
