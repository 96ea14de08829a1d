import { GatewayModule } from '@msx/gateway';
import { Module } from '@nestjs/common';
import { Checkout } from './checkout/checkout.js';
import { refusalDetails } from './checkout/explain.js';
import { entities } from './entities/entities.js';
import { relations } from './entities/relations.js';
import { followedEvents } from './events/followed-events.js';
import { examples } from './playground/examples.js';
import { OrderConnectionResolver } from './resolvers/order-connection.resolver.js';
import { OrderStatusChangeResolver } from './resolvers/order-status-change.resolver.js';
import { OrderResolver } from './resolvers/order.resolver.js';
import { ProductConnectionResolver } from './resolvers/product-connection.resolver.js';
import { ProductStockChangeResolver } from './resolvers/product-stock-change.resolver.js';
import { ProductResolver } from './resolvers/product.resolver.js';
import { SessionResolver } from './resolvers/session.resolver.js';
import { UserConnectionResolver } from './resolvers/user-connection.resolver.js';
import { UserResolver } from './resolvers/user.resolver.js';
import { upstreams } from './upstreams/upstreams.js';

@Module({
  imports: [
    GatewayModule.forRoot({
      entities,
      relations,
      upstreams,
      examples,
      follows: followedEvents,
      errorDetails: refusalDetails,
    }),
  ],
  providers: [
    UserResolver,
    SessionResolver,
    ProductResolver,
    OrderResolver,
    OrderStatusChangeResolver,
    ProductStockChangeResolver,
    UserConnectionResolver,
    ProductConnectionResolver,
    OrderConnectionResolver,
    Checkout,
  ],
})
export class AppModule {}
