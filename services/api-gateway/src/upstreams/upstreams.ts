import type { Upstream, UpstreamOptions } from '@msx/runtime';
import { OrderServiceService } from '../gen/order.js';
import { ProductServiceService } from '../gen/product.js';
import { UserServiceService } from '../gen/user.js';

export const USERS = Symbol('user-service');
export const PRODUCTS = Symbol('product-service');
export const ORDERS = Symbol('order-service');

export type Users = Upstream<UserServiceService>;
export type Products = Upstream<ProductServiceService>;
export type Orders = Upstream<OrderServiceService>;

/** The services behind this gateway; each is reached at its `…_SERVICE_URL`. */
export const upstreams: readonly UpstreamOptions[] = [
  { name: 'user-service', token: USERS, client: UserServiceService, service: 'shop.user.v1.UserService' },
  {
    name: 'product-service',
    token: PRODUCTS,
    client: ProductServiceService,
    service: 'shop.product.v1.ProductService',
  },
  {
    name: 'order-service',
    token: ORDERS,
    client: OrderServiceService,
    service: 'shop.order.v1.OrderService',
  },
];
