import { defineEvent } from '@msx/runtime';
import { OrderStatusChanged } from '../gen/order_events.js';
import { ProductStockUpdated } from '../gen/product_events.js';

export const orderStatusChanged = defineEvent('order.status.changed', OrderStatusChanged);
export const productStockUpdated = defineEvent('product.stock.updated', ProductStockUpdated);

/** The events that subscriptions publish; must match `follows` in msx.yaml. */
export const followedEvents = [orderStatusChanged, productStockUpdated];
