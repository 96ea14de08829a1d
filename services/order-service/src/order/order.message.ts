import { type Order as OrderMessage, OrderStatus as StatusMessage } from '../gen/order.js';
import type { Order } from './order.entity.js';
import type { OrderStatus } from './order.status.js';

const STATUS: Record<OrderStatus, StatusMessage> = {
  PENDING: StatusMessage.ORDER_STATUS_PENDING,
  CONFIRMED: StatusMessage.ORDER_STATUS_CONFIRMED,
  REJECTED: StatusMessage.ORDER_STATUS_REJECTED,
  CANCELLED: StatusMessage.ORDER_STATUS_CANCELLED,
};

export const toStatus = (status: OrderStatus): StatusMessage => STATUS[status];

/** The status of a message; empty for one that no order can have. */
export function fromStatus(message: StatusMessage): OrderStatus[] {
  return (Object.keys(STATUS) as OrderStatus[]).filter((status) => STATUS[status] === message);
}

/** The message for an order, in responses and in events. */
export function toMessage(order: Order): OrderMessage {
  const { id, userId, reason, createdAt, updatedAt } = order;
  const money = (minorUnits: number) => ({ minorUnits, currencyCode: order.currency });
  const items = order.items.map((item) => ({ ...item, price: money(item.price) }));
  return {
    id,
    userId,
    status: toStatus(order.status),
    items,
    total: money(order.total),
    reason,
    createdAt,
    updatedAt,
  };
}
