import type { StoredEvent } from '@msx/runtime';
import {
  type Order as OrderMessage,
  type OrderEvent,
  OrderEventType,
  OrderStatus as StatusMessage,
} from '../gen/order.js';
import type { Order } from './order.entity.js';
import type { OrderChange } from './order.history-type.js';
import type { OrderStatus } from './order.status.js';

const STATUS: Record<OrderStatus, StatusMessage> = {
  PENDING: StatusMessage.ORDER_STATUS_PENDING,
  CONFIRMED: StatusMessage.ORDER_STATUS_CONFIRMED,
  REJECTED: StatusMessage.ORDER_STATUS_REJECTED,
  CANCELLED: StatusMessage.ORDER_STATUS_CANCELLED,
};

const EVENT_TYPE: Record<OrderChange['type'], OrderEventType> = {
  created: OrderEventType.ORDER_EVENT_TYPE_CREATED,
  confirmed: OrderEventType.ORDER_EVENT_TYPE_CONFIRMED,
  rejected: OrderEventType.ORDER_EVENT_TYPE_REJECTED,
  cancelled: OrderEventType.ORDER_EVENT_TYPE_CANCELLED,
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

/** The message for an event in the history of an order. */
export function toEventMessage({ version, type, at, actor, data }: StoredEvent): OrderEvent {
  const { reason } = data as { reason?: string };
  return {
    version,
    type: EVENT_TYPE[type as OrderChange['type']],
    at,
    by: actor ?? '',
    reason: reason ?? '',
  };
}
