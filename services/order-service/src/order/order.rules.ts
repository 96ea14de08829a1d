import { checkCurrency, checkMinorUnits, totalOf, Validation } from '@msx/runtime';
import type { Money } from '@msx/runtime';
import { createHash } from 'node:crypto';
import type { OrderItem } from './order.entity.js';

/** The user who sends a request, and the idempotency key that identifies it. */
export interface Caller {
  readonly userId: string;
  /** Makes retries safe; without one, every call creates a new order. */
  readonly idempotencyKey?: string;
}

/** A request for an order. */
export interface NewOrder extends Caller {
  readonly items: readonly NewItem[];
}

/** A request that may be a retry. */
export type RepeatableOrder = NewOrder & { readonly idempotencyKey: string };

export interface NewItem {
  readonly productId: string;
  readonly quantity: number;
  /** Unit price; an order without prices is refused. */
  readonly price?: Money;
}

/** The part of an order that its request determines. */
export interface OrderContent {
  readonly items: OrderItem[];
  readonly total: number;
  readonly currency: string;
}

const MAX_ITEMS = 100;
const MAX_QUANTITY = 10_000;
/** Other services choose the format of their ids; here they only have to be stored. */
const FOREIGN_ID = /^[\x21-\x7e]{1,64}$/;

/** @throws DomainError VALIDATION_FAILED */
export function checkedOrder({ items, ...caller }: NewOrder): OrderContent {
  const validation = callerValidation(caller);
  const count = items.length;
  validation.check(count >= 1 && count <= MAX_ITEMS, 'items', `must have 1 to ${MAX_ITEMS} entries`);
  if (count <= MAX_ITEMS)
    for (const [index, item] of items.entries()) checkItem(validation, item, `items[${index}]`);
  const currencies = new Set(items.map(({ price }) => price?.currencyCode));
  validation.check(currencies.size <= 1, 'items', 'must have prices in one currency').done();
  return contentOf(items);
}

/** @throws DomainError VALIDATION_FAILED */
export function checkRepeatable({ items, ...caller }: RepeatableOrder): void {
  callerValidation(caller)
    .check(items.length <= MAX_ITEMS, 'items', `must have at most ${MAX_ITEMS} entries`)
    .done();
}

/** @throws DomainError VALIDATION_FAILED */
export function checkCaller(caller: Caller): void {
  callerValidation(caller).done();
}

/**
 * Tells a retry from a different request with the same key. Without prices: these are the catalogue's, not the client's,
 * and may change between a request and its retry.
 */
export function fingerprintOf(items: readonly Pick<NewItem, 'productId' | 'quantity'>[]): string {
  const lines = items.map(({ productId, quantity }) => [productId, quantity]);
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex');
}

function callerValidation({ userId, idempotencyKey }: Caller): Validation {
  const validation = new Validation();
  checkId(validation, userId, 'userId');
  if (idempotencyKey === undefined) return validation;
  return validation.text(idempotencyKey, 'idempotencyKey', { min: 1, max: 255 });
}

function checkItem(validation: Validation, { productId, quantity, price }: NewItem, field: string): void {
  checkId(validation, productId, `${field}.productId`);
  validation.integer(quantity, `${field}.quantity`, { min: 1, max: MAX_QUANTITY });
  if (!price) return void validation.check(false, `${field}.price`, 'is required');
  checkMinorUnits(validation, price.minorUnits, `${field}.price`);
  checkCurrency(validation, price.currencyCode, `${field}.price`);
}

function checkId(validation: Validation, id: string, field: string): void {
  validation.check(FOREIGN_ID.test(id), field, 'must be an id');
}

function contentOf(checked: readonly NewItem[]): OrderContent {
  const currency = checked[0]!.price!.currencyCode;
  const items = checked.map(({ productId, quantity, price }) => ({
    productId,
    quantity,
    price: price!.minorUnits,
  }));
  const total = totalOf(items);
  new Validation()
    .check(
      total !== undefined,
      'items',
      `must have a total of at most ${Number.MAX_SAFE_INTEGER} minor units`,
    )
    .done();
  return { items, total: total!, currency };
}
