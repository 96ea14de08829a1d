import { bigInteger, moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('products')
export class Product {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar')
  name!: string;

  @Column('text')
  description!: string;

  /** Unit price, in minor units of `currency`. */
  @Column(bigInteger)
  price!: number;

  @Column('varchar')
  currency!: string;

  /** Units that no order has taken. */
  @Column('integer')
  stock!: number;

  @Column('varchar')
  category!: string;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;
}
