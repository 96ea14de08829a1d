import type { Relations } from '@msx/gateway';
import type { OrderStatusChange } from '../models/order-status-change.model.js';
import type { Order, OrderItem } from '../models/order.model.js';
import type { ProductStockChange } from '../models/product-stock-change.model.js';
import type { GatewayContext } from './entities.js';

/** Fields that refer to another entity, resolved by the request's loaders. */
export const relations = {
  Order: {
    user: ({ userId }: Order, _: unknown, { loaders }: GatewayContext) => loaders.User.load(userId),
  },
  OrderItem: {
    product: ({ productId }: OrderItem, _: unknown, { loaders }: GatewayContext) =>
      loaders.Product.load(productId),
  },
  OrderStatusChange: {
    order: ({ orderId }: OrderStatusChange, _: unknown, { loaders }: GatewayContext) =>
      loaders.Order.load(orderId),
  },
  ProductStockChange: {
    product: ({ productId }: ProductStockChange, _: unknown, { loaders }: GatewayContext) =>
      loaders.Product.load(productId),
  },
} satisfies Relations;
