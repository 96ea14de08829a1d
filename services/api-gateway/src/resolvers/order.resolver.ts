import { IdArgs, Owner } from '@msx/gateway';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Checkout } from '../checkout/checkout.js';
import type { GatewayContext } from '../entities/entities.js';
import { OrderEvent } from '../models/order-event.model.js';
import {
  CancelOrderArgs,
  CreateOrderArgs,
  OrderHistoryArgs,
  UserIdArgs,
  UserOrdersArgs,
} from '../models/order.args.js';
import { Order } from '../models/order.model.js';
import { ORDERS } from '../upstreams/upstreams.js';
import type { Orders } from '../upstreams/upstreams.js';

@Resolver(() => Order)
export class OrderResolver {
  constructor(
    @Inject(ORDERS) private readonly service: Orders,
    private readonly checkout: Checkout,
  ) {}

  @Owner('userId')
  @Query(() => [Order], { nullable: true, description: 'The orders of a user, sorted by creation time.' })
  async userOrders(@Args() { userId, page, limit }: UserOrdersArgs): Promise<Order[]> {
    const { orders } = await this.service.read('listUserOrders', { userId, page, limit });
    return orders.map((message) => new Order(message));
  }

  @Owner('userId')
  @Query(() => Int, { nullable: true })
  async userOrdersCount(@Args() { userId }: UserIdArgs): Promise<number> {
    return (await this.service.read('countUserOrders', { userId })).count;
  }

  @Query(() => Order, { nullable: true })
  async order(@Args() { id }: IdArgs): Promise<Order> {
    const { order } = await this.service.read('getOrder', { id });
    return new Order(order!);
  }

  /** order-service shows it to the user of the order and to admins only. */
  @ResolveField(() => [OrderEvent], {
    nullable: true,
    description: 'What happened to the order, oldest first.',
  })
  async history(@Parent() { id }: Order, @Args() { first, after }: OrderHistoryArgs): Promise<OrderEvent[]> {
    const { events } = await this.service.read('orderHistory', { id, first, after });
    return events.map((message) => new OrderEvent(message));
  }

  @Owner('userId')
  @Mutation(() => Order, {
    nullable: true,
    description: 'Places an order, PENDING at first. Send the header `Idempotency-Key` to make retries safe.',
  })
  createOrder(@Args() args: CreateOrderArgs, @Context() context: GatewayContext): Promise<Order> {
    return this.checkout.placeOrder(args, context);
  }

  @Mutation(() => Order, {
    nullable: true,
    description: 'Cancels an order; cancelling it again changes nothing.',
  })
  async cancelOrder(@Args() { id, reason }: CancelOrderArgs): Promise<Order> {
    const { order } = await this.service.call('cancelOrder', { id, reason });
    return new Order(order!);
  }
}
