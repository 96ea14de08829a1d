import { registerEnumType } from '@nestjs/graphql';
import { OrderStatus as StatusMessage } from '../gen/order.js';

export enum OrderStatus {
  PENDING = 'PENDING',
  CONFIRMED = 'CONFIRMED',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  valuesMap: {
    PENDING: { description: 'Saved; the stock has not been checked yet.' },
    CONFIRMED: { description: 'All items were taken from stock.' },
    REJECTED: { description: 'Final: nothing was taken from stock.' },
    CANCELLED: { description: 'Final: anything taken from stock is returned.' },
  },
});

const statuses: Partial<Record<StatusMessage, OrderStatus>> = {
  [StatusMessage.ORDER_STATUS_PENDING]: OrderStatus.PENDING,
  [StatusMessage.ORDER_STATUS_CONFIRMED]: OrderStatus.CONFIRMED,
  [StatusMessage.ORDER_STATUS_REJECTED]: OrderStatus.REJECTED,
  [StatusMessage.ORDER_STATUS_CANCELLED]: OrderStatus.CANCELLED,
};

export const toStatusMessage = (status: OrderStatus): StatusMessage =>
  StatusMessage[`ORDER_STATUS_${status}`];

/** @throws Error for a status that this gateway does not know yet: it must not be shown as another one */
export function toOrderStatus(message: StatusMessage): OrderStatus {
  const status = statuses[message];
  if (!status) throw new Error(`unknown order status ${message}`);
  return status;
}
