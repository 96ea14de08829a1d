import { startGrpcService } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { OrderServiceService } from './gen/order.js';
import { orderSettings } from './order/order.settings.js';

await startGrpcService({
  name: 'order-service',
  module: AppModule,
  settings: orderSettings,
  port: 50053,
  packageName: 'shop.order.v1',
  services: { OrderService: OrderServiceService },
  descriptor: new URL('./gen/descriptor.binpb', import.meta.url),
});
