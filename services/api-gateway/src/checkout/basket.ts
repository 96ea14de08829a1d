import { toDecimal } from '@msx/runtime';
import type { OrderItem } from '../gen/order.js';
import type { StockAnswer, StockRequest } from '../gen/product.js';

/** An item that a client orders; `price` is the unit price it expects. */
export interface BasketItem {
  readonly productId: string;
  readonly quantity: number;
  readonly price?: number | null;
}

/** What a client orders; `totalAmount` is the total it expects. */
export interface Basket {
  readonly items: readonly BasketItem[];
  readonly totalAmount?: number | null;
}

export interface Shortage {
  readonly productId: string;
  readonly requested: number;
  readonly available: number;
}

export interface CurrentPrice {
  readonly productId: string;
  readonly price: number;
  readonly currency: string;
}

/** Why a basket cannot become an order now. */
export type Refusal =
  | { readonly reason: 'PRODUCT_NOT_FOUND'; readonly productIds: string[] }
  | { readonly reason: 'OUT_OF_STOCK'; readonly shortages: Shortage[] }
  | { readonly reason: 'PRICE_CHANGED'; readonly prices: CurrentPrice[]; readonly totalAmount: number };

/** Current prices and stock, by product id. */
export type Catalogue = ReadonlyMap<string, StockAnswer>;

/** The stock check of a basket; product-service adds up items of the same product. */
export function stockRequests({ items }: Basket): StockRequest[] {
  return items.map(({ productId, quantity }) => ({ productId, quantity }));
}

/** The first kind of problem with a basket, with all its occurrences; undefined when it may be ordered. */
export function refuse(basket: Basket, catalogue: Catalogue): Refusal | undefined {
  const requested = quantities(basket);
  const productIds = [...requested.keys()].filter((id) => !catalogue.get(id)?.exists);
  if (productIds.length > 0) return { reason: 'PRODUCT_NOT_FOUND', productIds };
  const shortages = [...requested]
    .map(([productId, quantity]) => ({ ...catalogue.get(productId)!, requested: quantity }))
    .filter(({ available }) => !available)
    .map(({ productId, requested, stock }) => ({ productId, requested, available: stock }));
  if (shortages.length > 0) return { reason: 'OUT_OF_STOCK', shortages };
  return changedPrices(basket, catalogue);
}

/** The items at current prices; only for a basket that is not refused. */
export function priced({ items }: Basket, catalogue: Catalogue): OrderItem[] {
  return items.map(({ productId, quantity }) => {
    return { productId, quantity, price: catalogue.get(productId)!.price! };
  });
}

/** The quantity of each product, over all of its items. */
function quantities({ items }: Basket): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of items) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return sums;
}

function changedPrices(basket: Basket, catalogue: Catalogue): Refusal | undefined {
  const items = priced(basket, catalogue);
  const prices = items.map(({ productId, price }) => {
    const { minorUnits, currencyCode } = price!;
    return { productId, price: toDecimal(minorUnits, currencyCode), currency: currencyCode };
  });
  const total = items.reduce((sum, { price, quantity }) => sum + price!.minorUnits * quantity, 0);
  const totalAmount = toDecimal(total, prices[0]!.currency);
  const asExpected = basket.items.every(
    ({ price }, index) => (price ?? prices[index]!.price) === prices[index]!.price,
  );
  if (asExpected && (basket.totalAmount ?? totalAmount) === totalAmount) return undefined;
  const distinct = new Map(prices.map((price) => [price.productId, price]));
  return { reason: 'PRICE_CHANGED', prices: [...distinct.values()], totalAmount };
}
