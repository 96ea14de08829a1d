import { Validation } from '@msx/runtime';

/** What a person may say about a product. */
export interface ProductFields {
  name: string;
  description: string;
  /** Of one piece, in minor units of `currency`. */
  price: number;
  /** ISO 4217. */
  currency: string;
  stock: number;
  category: string;
}

/** A new product needs everything but a currency. */
export type NewProduct = Omit<ProductFields, 'price' | 'currency'> &
  Partial<Pick<ProductFields, 'price' | 'currency'>>;

const DEFAULT_CURRENCY = 'USD';
const MAX_PRICE = 1e12;
const MAX_STOCK = 1e9;
const CURRENCY = /^[A-Z]{3}$/;

/** @throws DomainError VALIDATION_FAILED */
export function checkedNewProduct(fields: NewProduct): ProductFields {
  const { price = Number.NaN, currency = DEFAULT_CURRENCY } = fields;
  return checkedProduct({ ...fields, price, currency });
}

/**
 * The fields that are given, normalised: name and category trimmed.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedProduct<T extends Partial<ProductFields>>(fields: T): T {
  const given = normalised(fields);
  const { name, description, price, currency, stock, category } = given;
  const validation = new Validation();
  if (name !== undefined) validation.text(name, 'name', { min: 1, max: 200 });
  if (description !== undefined) validation.text(description, 'description', { max: 10_000 });
  if (price !== undefined) validation.integer(price, 'price', { min: 0, max: MAX_PRICE });
  if (currency !== undefined) {
    validation.check(CURRENCY.test(currency), 'price', 'must have a currency of three capital letters');
  }
  if (stock !== undefined) validation.integer(stock, 'stock', { min: 0, max: MAX_STOCK });
  if (category !== undefined) validation.text(category, 'category', { max: 100 });
  validation.done();
  return given;
}

function normalised<T extends Partial<ProductFields>>(fields: T): T {
  const { name, category } = fields;
  return {
    ...fields,
    ...(name !== undefined && { name: name.trim() }),
    ...(category !== undefined && { category: category.trim() }),
  };
}
