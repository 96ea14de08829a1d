import { DomainError } from '@msx/runtime';
import type { Refusal } from './basket.js';

/** The details of a refusal that clients get in `extensions`, besides the message. */
export const refusalDetails = {
  productIds: 'productIds',
  shortages: 'shortages',
  prices: 'prices',
  totalAmount: 'totalAmount',
};

/** The error for a refusal, with the details that a client needs to correct its basket. */
export function explain(refusal: Refusal, names: ReadonlyMap<string, string>): DomainError {
  const nameOf = (id: string): string => names.get(id) ?? id;
  switch (refusal.reason) {
    case 'PRODUCT_NOT_FOUND': {
      const ids = refusal.productIds.map((id) => JSON.stringify(id));
      return new DomainError(refusal.reason, `there is no product ${ids.join(', ')}`, {
        kind: 'not-found',
        metadata: { productIds: JSON.stringify(refusal.productIds) },
      });
    }
    case 'OUT_OF_STOCK': {
      const shortages = refusal.shortages.map((s) => ({ ...s, name: nameOf(s.productId) }));
      const items = shortages.map((s) => `${s.name}: ${s.requested} requested, ${s.available} left`);
      return new DomainError(refusal.reason, `not enough in stock: ${items.join('; ')}`, {
        kind: 'precondition',
        metadata: { shortages: JSON.stringify(shortages) },
      });
    }
    case 'PRICE_CHANGED': {
      const prices = refusal.prices.map((p) => `${nameOf(p.productId)} costs ${p.price} ${p.currency}`);
      const message = `the prices have changed: ${prices.join('; ')}; the total is ${refusal.totalAmount}`;
      return new DomainError(refusal.reason, message, {
        kind: 'precondition',
        metadata: {
          prices: JSON.stringify(refusal.prices),
          totalAmount: JSON.stringify(refusal.totalAmount),
        },
      });
    }
  }
}
