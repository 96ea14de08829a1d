import { Validation } from '@msx/runtime';

/** A quantity of one product. */
export interface ProductQuantity {
  readonly productId: string;
  readonly quantity: number;
}

const MAX_ITEMS = 1_000;
const MAX_QUANTITY = 2 ** 31 - 1;

/** @throws DomainError VALIDATION_FAILED */
export function checkQuantities(items: readonly ProductQuantity[]): void {
  const validation = new Validation().check(
    items.length <= MAX_ITEMS,
    'items',
    `must have at most ${MAX_ITEMS} entries`,
  );
  for (const [index, { quantity }] of items.entries()) {
    validation.integer(quantity, `items[${index}].quantity`, { min: 1, max: MAX_QUANTITY });
  }
  validation.done();
}

/** Each product once with its total quantity, sorted by id: the one order in which products are locked. */
export function perProduct(items: readonly ProductQuantity[]): ProductQuantity[] {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of items) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  return [...sums]
    .map(([productId, quantity]) => ({ productId, quantity }))
    .sort((a, b) => (a.productId < b.productId ? -1 : 1));
}
