import { Inject } from '@nestjs/common';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Owner } from '../auth/owner.js';
import { OrderSort as SortMessage } from '../gen/order.js';
import type { OrderFilter as FilterMessage } from '../gen/order.js';
import { OrderConnection, OrderConnectionArgs } from '../models/order-connection.js';
import type { OrderFilter } from '../models/order-connection.js';
import { toStatusMessage } from '../models/order-status.js';
import { Order } from '../models/order.model.js';
import { ORDERS } from '../upstreams/upstreams.module.js';
import type { Orders } from '../upstreams/upstreams.module.js';

@Resolver(() => OrderConnection)
export class OrderConnectionResolver {
  constructor(@Inject(ORDERS) private readonly service: Orders) {}

  @Owner('userId')
  @Query(() => OrderConnection, { nullable: true })
  async userOrdersConnection(@Args() args: OrderConnectionArgs): Promise<OrderConnection> {
    const { userId, first, after, filter, sort } = args;
    const asked = {
      userId,
      filter: filter ? toFilter(filter) : undefined,
      sort: SortMessage[`ORDER_SORT_${sort}`],
      first,
      after: after ?? '',
    };
    const { edges, hasNextPage } = await this.service.read('searchUserOrders', asked);
    const shown = edges.map(({ order, cursor }) => ({ node: new Order(order!), cursor }));
    return new OrderConnection({ asked, edges: shown, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true, description: 'How many there are on all pages.' })
  async totalCount(@Parent() { asked: { userId, filter } }: OrderConnection): Promise<number> {
    return (await this.service.read('countUserOrders', { userId, filter })).count;
  }
}

function toFilter({ status, createdAfter, createdBefore }: OrderFilter): FilterMessage {
  return {
    statuses: (status ?? []).map(toStatusMessage),
    createdAfter: createdAfter ?? undefined,
    createdBefore: createdBefore ?? undefined,
  };
}
