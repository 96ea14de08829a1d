import type { GqlModuleOptions } from '@nestjs/graphql';
import type { OrderStatusChange } from '../models/order-status-change.model.js';
import type { Order, OrderItem } from '../models/order.model.js';
import type { ProductStockChange } from '../models/product-stock-change.model.js';
import type { GraphqlContext } from './graphql-context.js';

/**
 * How one entity leads to another, by the request's loaders. Functions and no resolvers of Nest: guards and pipes have
 * nothing to say of them, and an answer follows a relation as often as it has rows.
 */
export const relations = {
  Order: {
    user: ({ userId }: Order, _: unknown, { loaders }: GraphqlContext) => loaders.User.load(userId),
  },
  OrderItem: {
    product: ({ productId }: OrderItem, _: unknown, { loaders }: GraphqlContext) =>
      loaders.Product.load(productId),
  },
  OrderStatusChange: {
    order: ({ orderId }: OrderStatusChange, _: unknown, { loaders }: GraphqlContext) =>
      loaders.Order.load(orderId),
  },
  ProductStockChange: {
    product: ({ productId }: ProductStockChange, _: unknown, { loaders }: GraphqlContext) =>
      loaders.Product.load(productId),
  },
} satisfies GqlModuleOptions['resolvers'];
