import { bigInteger, moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OrderStatus } from './order.status.js';

/** A quantity of one product, at the price when it was ordered. */
export interface OrderItem {
  readonly productId: string;
  readonly quantity: number;
  /** Unit price, in minor units of the order's currency. */
  readonly price: number;
}

@Entity('orders')
export class Order {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar', { name: 'user_id' })
  userId!: string;

  @Column('varchar')
  status!: OrderStatus;

  /** Written once, together with the order, and never queried alone: a part of its row. */
  @Column('simple-json')
  items!: OrderItem[];

  /** In minor units of `currency`. */
  @Column(bigInteger)
  total!: number;

  @Column('varchar')
  currency!: string;

  /** Why it was rejected or cancelled. */
  @Column('varchar')
  reason!: string;

  /** Chosen by the caller and unique per user; null if the request had none. */
  @Column('varchar', { name: 'idempotency_key', nullable: true })
  idempotencyKey!: string | null;

  /** Tells a retry from a different request with the same key. */
  @Column('varchar')
  fingerprint!: string;

  /** The number of its last event; 0 if a version of this service saved it that recorded none. */
  @Column('integer')
  version!: number;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;
}
