import type { Money } from '@msx/runtime';
import type { ProductQuantity } from '../product/product-quantity.js';
import type { Product } from '../product/product.entity.js';

/** Of the ids of orders and products, in characters. */
export const MAX_ID_LENGTH = 64;

/** Why an order is refused. */
export type Refusal = 'OUT_OF_STOCK' | 'PRODUCT_NOT_FOUND' | 'PRICE_CHANGED' | 'ORDER_CANCELLED';

/** An item as it was ordered. */
export interface OrderedItem extends ProductQuantity {
  /** The unit price of the order; messages of producers that do not send one have none. */
  readonly price?: Money | undefined;
}

/**
 * Why the catalogue refuses these items, whatever the stock; undefined if it does not. Prices are its own: whoever saved the
 * order may have been told any.
 */
export function refusalOf(items: readonly OrderedItem[], catalogue: readonly Product[]): Refusal | undefined {
  const products = new Map(catalogue.map((product) => [product.id, product]));
  if (items.some(({ productId }) => !products.has(productId))) return 'PRODUCT_NOT_FOUND';
  if (items.some(({ productId, price }) => price && !isPriceOf(products.get(productId)!, price)))
    return 'PRICE_CHANGED';
  return undefined;
}

function isPriceOf(product: Product, { minorUnits, currencyCode }: Money): boolean {
  return product.price === minorUnits && product.currency === currencyCode;
}
