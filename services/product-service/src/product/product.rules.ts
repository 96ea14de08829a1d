import { checkCurrency, checkMinorUnits, DEFAULT_CURRENCY, Validation } from '@msx/runtime';
import { productErrors } from './product.errors.js';

/** The editable fields of a product. */
export interface ProductFields {
  name: string;
  description: string;
  /** Unit price, in minor units of `currency`. */
  price: number;
  /** ISO 4217 currency code. */
  currency: string;
  stock: number;
  category: string;
}

/** All fields but the currency are required. */
export type NewProduct = Omit<ProductFields, 'price' | 'currency'> &
  Partial<Pick<ProductFields, 'price' | 'currency'>>;

/** An edit of a product: the fields that are given. */
export interface ProductChanges extends Partial<ProductFields> {
  /** By how much the stock changes, whatever it is; `stock` replaces it. */
  readonly stockChange?: number | undefined;
}

const MAX_STOCK = 1e9;

/** @throws DomainError VALIDATION_FAILED */
export function checkedNewProduct(fields: NewProduct): ProductFields {
  const { price = Number.NaN, currency = DEFAULT_CURRENCY } = fields;
  return checkedProduct({ ...fields, price, currency });
}

/**
 * The given fields, normalised: name and category trimmed.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedProduct<T extends Partial<ProductFields>>(fields: T): T {
  const product = normalised(fields);
  const { name, description, price, currency, stock, category } = product;
  const validation = new Validation();
  if (name !== undefined) validation.text(name, 'name', { min: 1, max: 200 });
  if (description !== undefined) validation.text(description, 'description', { max: 5_000 });
  if (price !== undefined) checkMinorUnits(validation, price, 'price');
  if (currency !== undefined) checkCurrency(validation, currency, 'price');
  if (stock !== undefined) validation.integer(stock, 'stock', { min: 0, max: MAX_STOCK });
  if (category !== undefined) validation.text(category, 'category', { max: 100 });
  validation.done();
  return product;
}

/**
 * A valid edit, normalised.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedChanges({ stockChange, ...fields }: ProductChanges): ProductChanges {
  const product = checkedProduct(fields);
  if (stockChange === undefined) return product;
  new Validation()
    .integer(stockChange, 'stockChange', { min: -MAX_STOCK, max: MAX_STOCK })
    .check(fields.stock === undefined, 'stockChange', 'must not be given together with stock')
    .done();
  return { ...product, stockChange };
}

/**
 * What a change of the stock leads to: what orders took since the editor looked is kept.
 * @throws DomainError VALIDATION_FAILED, OUT_OF_STOCK
 */
export function changedStock(current: number, change: number): number {
  const stock = current + change;
  const most = `must lead to a stock of at most ${MAX_STOCK}`;
  new Validation().check(stock <= MAX_STOCK, 'stockChange', most).done();
  if (stock >= 0) return stock;
  throw productErrors.OUT_OF_STOCK(`the stock is ${current}, so ${-change} cannot be taken from it`);
}

function normalised<T extends Partial<ProductFields>>(fields: T): T {
  const { name, category } = fields;
  return {
    ...fields,
    ...(name !== undefined && { name: name.trim() }),
    ...(category !== undefined && { category: category.trim() }),
  };
}
