import { type AggregateVersion, defineHistory, type Recorded } from '@msx/runtime';
import { Order, type OrderItem } from './order.entity.js';
import type { OrderStatus } from './order.status.js';

/** What an order is made of, and does not change. */
export interface OrderContents {
  readonly userId: string;
  readonly items: OrderItem[];
  readonly total: number;
  readonly currency: string;
  readonly idempotencyKey: string | null;
  readonly fingerprint: string;
}

/** An order as its events tell it, with times in milliseconds since 1970. */
export interface OrderState extends OrderContents {
  readonly status: OrderStatus;
  readonly reason: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type OrderChange =
  | { readonly type: 'created'; readonly data: OrderContents }
  | {
      readonly type: 'confirmed' | 'rejected' | 'cancelled';
      readonly data: { readonly reason?: string };
    };

const STATUS = { confirmed: 'CONFIRMED', rejected: 'REJECTED', cancelled: 'CANCELLED' } as const;
const CHANGE = { CONFIRMED: 'confirmed', REJECTED: 'rejected', CANCELLED: 'cancelled' } as const;

export const orderHistory = defineHistory<OrderState, OrderChange, Order>({
  entity: 'order',
  row: Order,
  key: 'id',
  events: { created: [], confirmed: [], rejected: [], cancelled: [] },
  apply,
  toRow,
});

function apply(state: OrderState | undefined, event: Recorded<OrderChange>): OrderState {
  const updatedAt = event.at.getTime();
  if (event.type === 'created')
    return { ...event.data, status: 'PENDING', reason: '', createdAt: updatedAt, updatedAt };
  return { ...state!, status: STATUS[event.type], reason: event.data.reason ?? '', updatedAt };
}

function toRow({ createdAt, updatedAt, ...state }: OrderState, { id, version }: AggregateVersion): Order {
  const times = { createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
  return Object.assign(new Order(), { ...state, ...times, id, version });
}

/** What an order became when it got its status. */
export function changeOf({ status, reason }: Pick<Order, 'status' | 'reason'>): OrderChange | undefined {
  if (status === 'PENDING') return undefined;
  return { type: CHANGE[status], data: reason ? { reason } : {} };
}

export function creationOf(order: Order): OrderChange {
  const { userId, items, total, currency, idempotencyKey, fingerprint } = order;
  return { type: 'created', data: { userId, items, total, currency, idempotencyKey, fingerprint } };
}

/**
 * The number of an order's events before its next one. An older version of this service may have saved it without any: it gets those
 * that its row shows with its next one.
 */
export function versionOf({ version, status }: Order): number {
  return version > 0 ? version : status === 'PENDING' ? 1 : 2;
}
