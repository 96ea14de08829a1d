import { moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Pieces } from '../product/pieces.js';

/**
 * What stock did about an order, once and for all:
 * - TAKEN: all its pieces were taken;
 * - REJECTED: none was, for `reason`;
 * - RELEASED: they were taken, and given back when the order was cancelled;
 * - CANCELLED: a tombstone. The order was cancelled before it was seen, and will take nothing when it comes.
 */
export type ReservationState = 'TAKEN' | 'REJECTED' | 'RELEASED' | 'CANCELLED';

/** One row for each order ever heard of, which is what makes hearing of it twice harmless. */
@Entity('reservations')
export class Reservation {
  @PrimaryColumn('varchar', { name: 'order_id' })
  orderId!: string;

  @Column('varchar')
  state!: ReservationState;

  /** Each product once. */
  @Column('simple-json')
  items!: Pieces[];

  @Column('varchar')
  reason!: string;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;
}
