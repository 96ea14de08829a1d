import { DatabaseModule, DeadlinesModule, EventsModule, HistoryModule, UpstreamsModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
import { CreateOrders1767225600000 } from './migrations/create-orders.js';
import { RecordOrders1796169600000 } from './migrations/record-orders.js';
import { WatchOrders1796083200000 } from './migrations/watch-orders.js';
import { OrderConsumer } from './order/order.consumer.js';
import { OrderController } from './order/order.controller.js';
import { OrderDeadlines } from './order/order.deadlines.js';
import { Order } from './order/order.entity.js';
import { orderCreated, OrderEvents, orderStatusChanged } from './order/order.events.js';
import { OrderHistory } from './order/order.history.js';
import { orderHistory } from './order/order.history-type.js';
import { OverdueOrders } from './order/order.overdue.js';
import { OrderService } from './order/order.service.js';
import { upstreams } from './upstreams.js';

@Module({
  imports: [
    DatabaseModule.forRoot({
      file: 'orders.db',
      entities: [Order],
      migrations: [CreateOrders1767225600000, WatchOrders1796083200000, RecordOrders1796169600000],
    }),
    HistoryModule.forRoot([orderHistory]),
    DeadlinesModule.forRoot(),
    UpstreamsModule.forRoot(upstreams),
    EventsModule.forRoot({ publishes: [orderCreated, orderStatusChanged], consumes: true }),
  ],
  controllers: [OrderController],
  providers: [OrderService, OrderEvents, OrderHistory, OrderDeadlines, OrderConsumer, OverdueOrders],
})
export class AppModule {}
