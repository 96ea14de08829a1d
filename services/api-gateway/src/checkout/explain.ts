import { DomainError } from '@msx/runtime';
import type { Refusal } from './basket.js';

/** A refusal in words, with what a client needs to correct its basket. */
export function explain(refusal: Refusal, names: ReadonlyMap<string, string>): DomainError {
  const nameOf = (id: string): string => names.get(id) ?? id;
  switch (refusal.reason) {
    case 'PRODUCT_NOT_FOUND': {
      const said = refusal.productIds.map((id) => JSON.stringify(id));
      return new DomainError(refusal.reason, `there is no product ${said.join(', ')}`, {
        kind: 'not-found',
        metadata: { productIds: JSON.stringify(refusal.productIds) },
      });
    }
    case 'OUT_OF_STOCK': {
      const shortages = refusal.shortages.map((s) => ({ ...s, name: nameOf(s.productId) }));
      const said = shortages.map((s) => `${s.name}: ${s.available} left, ${s.requested} wanted`);
      return new DomainError(refusal.reason, `not enough in stock: ${said.join('; ')}`, {
        kind: 'precondition',
        metadata: { shortages: JSON.stringify(shortages) },
      });
    }
    case 'PRICE_CHANGED': {
      const said = refusal.prices.map((p) => `${nameOf(p.productId)} costs ${p.price} ${p.currency}`);
      const message = `the price is not what was expected: ${said.join('; ')}; ${refusal.totalAmount} in all`;
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
