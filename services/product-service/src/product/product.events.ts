import { defineEvent, Outbox } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ProductCreated, ProductStockUpdated, ProductUpdated } from '../gen/product_events.js';
import type { Product } from './product.entity.js';
import { toMessage } from './product.message.js';

export const productCreated = defineEvent('product.created', ProductCreated);
export const productUpdated = defineEvent('product.updated', ProductUpdated);
export const stockUpdated = defineEvent('product.stock.updated', ProductStockUpdated);

/** Publishes the events of products, within the transaction that changes them. */
@Injectable()
export class ProductEvents {
  constructor(private readonly outbox: Outbox) {}

  async created(tx: EntityManager, product: Product): Promise<void> {
    await this.outbox.add(tx, productCreated, { key: product.id, value: { product: toMessage(product) } });
  }

  async updated(tx: EntityManager, product: Product): Promise<void> {
    await this.outbox.add(tx, productUpdated, { key: product.id, value: { product: toMessage(product) } });
  }

  async stockUpdated(tx: EntityManager, change: StockChange): Promise<void> {
    await this.outbox.add(tx, stockUpdated, { key: change.productId, value: { orderId: '', ...change } });
  }
}

export interface StockChange {
  readonly productId: string;
  /** The stock after the change. */
  readonly stock: number;
  /** Negative when taken. */
  readonly change: number;
  /** The order that caused it; unset when a person edited the product. */
  readonly orderId?: string;
}
