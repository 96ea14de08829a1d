import { DatabaseModule, EventsModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
import { CreateOrders1767225600000 } from './migrations/create-orders.js';
import { OrderConsumer } from './order/order.consumer.js';
import { OrderController } from './order/order.controller.js';
import { Order } from './order/order.entity.js';
import { orderCreated, OrderEvents, orderStatusChanged } from './order/order.events.js';
import { OrderService } from './order/order.service.js';

@Module({
  imports: [
    DatabaseModule.forRoot({ file: 'orders.db', entities: [Order], migrations: [CreateOrders1767225600000] }),
    EventsModule.forRoot({ publishes: [orderCreated, orderStatusChanged], consumes: true }),
  ],
  controllers: [OrderController],
  providers: [OrderService, OrderEvents, OrderConsumer],
})
export class AppModule {}
