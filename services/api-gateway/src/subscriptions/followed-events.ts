import { defineEvent } from '@msx/runtime';
import { OrderStatusChanged } from '../gen/order_events.js';
import { ProductStockUpdated } from '../gen/product_events.js';

export const orderStatusChanged = defineEvent('order.status.changed', OrderStatusChanged);
export const productStockUpdated = defineEvent('product.stock.updated', ProductStockUpdated);

/** What subscriptions tell of; `follows` of msx.yaml says the same. */
export const followedEvents = [orderStatusChanged, productStockUpdated];
