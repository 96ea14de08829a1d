import { OrderStatusChangeResolver } from '../resolvers/order-status-change.resolver.js';
import { ProductStockChangeResolver } from '../resolvers/product-stock-change.resolver.js';
import { Changes } from './changes.js';
import { Operations } from './operations.js';
import { Protocol } from './protocol.js';
import { SocketIdentity } from './socket-identity.js';
import { SubscriptionReader } from './subscription-reader.js';
import { SubscriptionServer } from './subscription-server.js';

/** All that subscriptions are made of. */
export const subscriptionProviders = [
  OrderStatusChangeResolver,
  ProductStockChangeResolver,
  Changes,
  Operations,
  Protocol,
  SocketIdentity,
  SubscriptionReader,
  SubscriptionServer,
];
