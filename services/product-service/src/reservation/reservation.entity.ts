import { moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProductQuantity } from '../product/product-quantity.js';

/**
 * The outcome of an order's reservation:
 * - TAKEN: all its items were taken from stock;
 * - REJECTED: none was, for `reason`;
 * - RELEASED: they were taken, and returned when the order was cancelled or had been rejected before;
 * - CANCELLED: a tombstone. The end of the order arrived before the order, which will take nothing.
 */
export type ReservationState = 'TAKEN' | 'REJECTED' | 'RELEASED' | 'CANCELLED';

/** One row per order ever received, which makes consuming its events idempotent. */
@Entity('reservations')
export class Reservation {
  @PrimaryColumn('varchar', { name: 'order_id' })
  orderId!: string;

  @Column('varchar')
  state!: ReservationState;

  /** Each product once. */
  @Column('simple-json')
  items!: ProductQuantity[];

  @Column('varchar')
  reason!: string;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;
}
