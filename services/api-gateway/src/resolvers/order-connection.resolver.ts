import { Owner } from '@msx/gateway';
import { Inject } from '@nestjs/common';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { OrderSort as SortMessage } from '../gen/order.js';
import type { OrderFilter as FilterMessage } from '../gen/order.js';
import { OrderConnection, OrderConnectionArgs } from '../models/order-connection.js';
import type { OrderFilter } from '../models/order-connection.js';
import { toStatusMessage } from '../models/order-status.js';
import { Order } from '../models/order.model.js';
import { ORDERS } from '../upstreams/upstreams.js';
import type { Orders } from '../upstreams/upstreams.js';

@Resolver(() => OrderConnection)
export class OrderConnectionResolver {
  constructor(@Inject(ORDERS) private readonly service: Orders) {}

  @Owner('userId')
  @Query(() => OrderConnection, { nullable: true })
  async userOrdersConnection(@Args() args: OrderConnectionArgs): Promise<OrderConnection> {
    const { userId, first, after, filter, sort } = args;
    const request = {
      userId,
      filter: filter ? toFilter(filter) : undefined,
      sort: SortMessage[`ORDER_SORT_${sort}`],
      first,
      after: after ?? '',
    };
    const { edges, hasNextPage } = await this.service.read('searchUserOrders', request);
    const nodeEdges = edges.map(({ order, cursor }) => ({ node: new Order(order!), cursor }));
    return new OrderConnection({ request, edges: nodeEdges, hasNextPage });
  }

  @ResolveField(() => Int, { nullable: true, description: 'The number of matches on all pages.' })
  async totalCount(@Parent() { request: { userId, filter } }: OrderConnection): Promise<number> {
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
