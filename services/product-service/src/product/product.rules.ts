import { checkCurrency, checkMinorUnits, DEFAULT_CURRENCY, Validation } from '@msx/runtime';

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

function normalised<T extends Partial<ProductFields>>(fields: T): T {
  const { name, category } = fields;
  return {
    ...fields,
    ...(name !== undefined && { name: name.trim() }),
    ...(category !== undefined && { category: category.trim() }),
  };
}
