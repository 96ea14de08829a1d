import { mayActFor, requireSelf } from '@msx/runtime';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type * as proto from '../gen/order.js';
import type { Order } from './order.entity.js';
import { sortOf } from './order.filter.js';
import { OrderHistory } from './order.history.js';
import { toEventMessage, toMessage } from './order.message.js';
import { orderNotFound, OrderService } from './order.service.js';

@Controller()
export class OrderController implements proto.OrderService {
  constructor(
    private readonly orders: OrderService,
    private readonly history: OrderHistory,
  ) {}

  @GrpcMethod('OrderService')
  async createOrder({
    idempotencyKey,
    ...order
  }: proto.CreateOrderRequest): Promise<proto.CreateOrderResponse> {
    requireSelf(order.userId);
    return {
      order: toMessage(await this.orders.create({ ...order, idempotencyKey: idempotencyKey || undefined })),
    };
  }

  @GrpcMethod('OrderService')
  async findOrder(request: proto.FindOrderRequest): Promise<proto.FindOrderResponse> {
    requireSelf(request.userId);
    const order = await this.orders.find(request);
    return { order: order ? toMessage(order) : undefined };
  }

  @GrpcMethod('OrderService')
  async getOrder({ id }: proto.GetOrderRequest): Promise<proto.GetOrderResponse> {
    return { order: toMessage(await this.ownOrder(id)) };
  }

  @GrpcMethod('OrderService')
  async batchGetOrders({ ids }: proto.BatchGetOrdersRequest): Promise<proto.BatchGetOrdersResponse> {
    const orders = await this.orders.batch(ids);
    return { orders: orders.filter(({ userId }) => mayActFor(userId)).map(toMessage) };
  }

  @GrpcMethod('OrderService')
  async listUserOrders({
    userId,
    ...page
  }: proto.ListUserOrdersRequest): Promise<proto.ListUserOrdersResponse> {
    requireSelf(userId);
    return { orders: (await this.orders.listOfUser(userId, page)).map(toMessage) };
  }

  @GrpcMethod('OrderService')
  async countUserOrders(request: proto.CountUserOrdersRequest): Promise<proto.CountUserOrdersResponse> {
    const { userId, filter } = request;
    requireSelf(userId);
    return { count: await this.orders.countOfUser({ ...filter, userId }) };
  }

  @GrpcMethod('OrderService')
  async searchUserOrders(request: proto.SearchUserOrdersRequest): Promise<proto.SearchUserOrdersResponse> {
    const { userId, filter, sort, ...slice } = request;
    requireSelf(userId);
    const { edges, hasNextPage } = await this.orders.searchOfUser({ ...filter, userId }, sortOf(sort), slice);
    return { edges: edges.map(({ node, cursor }) => ({ order: toMessage(node), cursor })), hasNextPage };
  }

  @GrpcMethod('OrderService')
  async orderHistory({ id, ...slice }: proto.OrderHistoryRequest): Promise<proto.OrderHistoryResponse> {
    await this.ownOrder(id);
    const { events, hasNextPage } = await this.history.page(id, slice);
    return { events: events.map(toEventMessage), hasNextPage };
  }

  @GrpcMethod('OrderService')
  async cancelOrder({ id, reason }: proto.CancelOrderRequest): Promise<proto.CancelOrderResponse> {
    await this.ownOrder(id);
    return { order: toMessage(await this.orders.cancel(id, reason)) };
  }

  /** An order of another user is not found either, so that ids cannot be probed. @throws DomainError ORDER_NOT_FOUND */
  private async ownOrder(id: string): Promise<Order> {
    const order = await this.orders.get(id);
    if (!mayActFor(order.userId)) throw orderNotFound(id);
    return order;
  }
}
