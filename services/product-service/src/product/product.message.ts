import type { Money } from '../gen/money.js';
import type { Product as ProductMessage } from '../gen/product.js';
import type { Product } from './product.entity.js';

/** The message for a product, in responses and in events. */
export function toMessage(product: Product): ProductMessage {
  const { id, name, description, stock, category, createdAt, updatedAt } = product;
  return { id, name, description, price: priceOf(product), stock, category, createdAt, updatedAt };
}

export function priceOf({ price, currency }: Product): Money {
  return { minorUnits: price, currencyCode: currency };
}
