import { Validation } from '@msx/runtime';
import { createHash } from 'node:crypto';
import type { OrderItem } from './order.entity.js';

/** Whose request it is, and which of theirs. */
export interface Caller {
  readonly userId: string;
  /** Makes a retry safe; none means that every call is a new order. */
  readonly idempotencyKey?: string;
}

/** What a person asks for. */
export interface NewOrder extends Caller {
  readonly items: readonly NewItem[];
}

/** What is asked for again, perhaps. */
export type RepeatableOrder = NewOrder & { readonly idempotencyKey: string };

export interface NewItem {
  readonly productId: string;
  readonly quantity: number;
  /** Of one piece; an order without prices is refused. */
  readonly price?: { readonly minorUnits: number; readonly currencyCode: string };
}

/** The part of an order that its request decides. */
export interface OrderContent {
  readonly items: OrderItem[];
  readonly total: number;
  readonly currency: string;
}

const MAX_ITEMS = 100;
const MAX_QUANTITY = 10_000;
const MAX_PRICE = 1e12;
/** Ids of other services are theirs to make; ours is only to store them. */
const FOREIGN_ID = /^[\x21-\x7e]{1,64}$/;
const CURRENCY = /^[A-Z]{3}$/;

/** @throws DomainError VALIDATION_FAILED */
export function checkedOrder({ items, ...caller }: NewOrder): OrderContent {
  const validation = callerValidation(caller);
  const count = items.length;
  validation.check(count >= 1 && count <= MAX_ITEMS, 'items', `must be from 1 to ${MAX_ITEMS}`);
  if (count <= MAX_ITEMS)
    for (const [index, item] of items.entries()) checkItem(validation, item, `items[${index}]`);
  const currencies = new Set(items.map(({ price }) => price?.currencyCode));
  validation.check(currencies.size <= 1, 'items', 'must have prices in one currency').done();
  return contentOf(items);
}

/** @throws DomainError VALIDATION_FAILED */
export function checkCaller(caller: Caller): void {
  callerValidation(caller).done();
}

/**
 * One text for one request: what tells a retry from another request that uses its key. Prices are the catalogue's, not
 * the client's, and may change between a request and its retry.
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
  if (!price) return void validation.check(false, `${field}.price`, 'must be given');
  validation.integer(price.minorUnits, `${field}.price`, { min: 0, max: MAX_PRICE });
  validation.check(
    CURRENCY.test(price.currencyCode),
    `${field}.price`,
    'must have a currency of three capital letters',
  );
}

function checkId(validation: Validation, id: string, field: string): void {
  validation.check(FOREIGN_ID.test(id), field, 'must be an id');
}

/** Sums exactly: each product of price and quantity is at most 1e16, so they are added as big integers. */
function contentOf(checked: readonly NewItem[]): OrderContent {
  const currency = checked[0]!.price!.currencyCode;
  const items = checked.map(({ productId, quantity, price }) => ({
    productId,
    quantity,
    price: price!.minorUnits,
  }));
  const sum = items.reduce((total, { quantity, price }) => total + BigInt(quantity) * BigInt(price), 0n);
  new Validation()
    .check(sum <= Number.MAX_SAFE_INTEGER, 'items', 'must not cost more than can be counted')
    .done();
  return { items, total: Number(sum), currency };
}
