import { Inject } from '@nestjs/common';
import { Args, Context, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Owner } from '../auth/owner.js';
import { Checkout } from '../checkout/checkout.js';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { IdArgs } from '../models/id.args.js';
import { CancelOrderArgs, CreateOrderArgs, UserIdArgs, UserOrdersArgs } from '../models/order.args.js';
import { Order } from '../models/order.model.js';
import { ORDERS } from '../upstreams/upstreams.module.js';
import type { Orders } from '../upstreams/upstreams.module.js';

@Resolver(() => Order)
export class OrderResolver {
  constructor(
    @Inject(ORDERS) private readonly service: Orders,
    private readonly checkout: Checkout,
  ) {}

  @Owner('userId')
  @Query(() => [Order], { nullable: true, description: 'In order of creation.' })
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

  @Owner('userId')
  @Mutation(() => Order, {
    nullable: true,
    description: 'Accepts an order as PENDING. The header `Idempotency-Key` makes a retry safe.',
  })
  createOrder(@Args() wanted: CreateOrderArgs, @Context() context: GraphqlContext): Promise<Order> {
    return this.checkout.placeOrder(wanted, context);
  }

  @Mutation(() => Order, { nullable: true, description: 'Cancelling twice is cancelling once.' })
  async cancelOrder(@Args() { id, reason }: CancelOrderArgs): Promise<Order> {
    const { order } = await this.service.call('cancelOrder', { id, reason });
    return new Order(order!);
  }
}
