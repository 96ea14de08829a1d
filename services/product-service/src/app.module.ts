import { DatabaseModule, EventsModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
import { CreateProducts1767225600000 } from './migrations/create-products.js';
import { CreateReservations1767225600001 } from './migrations/create-reservations.js';
import { IndexProducts1768435200000 } from './migrations/index-products.js';
import { ProductController } from './product/product.controller.js';
import { Product } from './product/product.entity.js';
import { productCreated, ProductEvents, productUpdated, stockUpdated } from './product/product.events.js';
import { ProductService } from './product/product.service.js';
import { StockService } from './product/stock.service.js';
import { ReservationConsumer } from './reservation/reservation.consumer.js';
import { Reservation } from './reservation/reservation.entity.js';
import { ReservationEvents, stockDecided } from './reservation/reservation.events.js';
import { ReservationService } from './reservation/reservation.service.js';

@Module({
  imports: [
    DatabaseModule.forRoot({
      file: 'products.db',
      entities: [Product, Reservation],
      migrations: [CreateProducts1767225600000, CreateReservations1767225600001, IndexProducts1768435200000],
    }),
    EventsModule.forRoot({
      publishes: [productCreated, productUpdated, stockUpdated, stockDecided],
      consumes: true,
    }),
  ],
  controllers: [ProductController],
  providers: [
    ProductService,
    ProductEvents,
    StockService,
    ReservationService,
    ReservationEvents,
    ReservationConsumer,
  ],
})
export class AppModule {}
