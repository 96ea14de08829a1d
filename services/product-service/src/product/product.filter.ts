import { contains, type Sort, Validation } from '@msx/runtime';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { type Money } from '../gen/money.js';
import { type ProductFilter as FilterMessage, ProductSort } from '../gen/product.js';
import { Product } from './product.entity.js';
import { checkedProduct } from './product.rules.js';

/** The conditions for listed products; all given ones must match. */
export type ProductFilter = Partial<FilterMessage>;

/** The query for the products that match a filter. @throws DomainError VALIDATION_FAILED */
export function matching(manager: EntityManager, filter: ProductFilter): SelectQueryBuilder<Product> {
  const { category, inStock, priceFrom, priceTo, search } = checked(filter);
  const query = manager.createQueryBuilder(Product, 'product');
  if (category !== undefined) query.andWhere({ category });
  if (inStock !== undefined) query.andWhere(inStock ? 'product.stock > 0' : 'product.stock = 0');
  priced(query, '>=', priceFrom);
  priced(query, '<=', priceTo);
  if (search) query.andWhere(...contains(query, ['product.name', 'product.description'], search));
  return query;
}

const SORTS: Partial<Record<ProductSort, Sort<Product>>> = {
  [ProductSort.PRODUCT_SORT_CREATED_DESC]: { by: 'createdAt', descending: true },
  [ProductSort.PRODUCT_SORT_PRICE_ASC]: { by: 'price' },
  [ProductSort.PRODUCT_SORT_PRICE_DESC]: { by: 'price', descending: true },
  [ProductSort.PRODUCT_SORT_NAME_ASC]: { by: 'name' },
  [ProductSort.PRODUCT_SORT_NAME_DESC]: { by: 'name', descending: true },
};

export const sortOf = (sort: ProductSort): Sort<Product> => SORTS[sort] ?? { by: 'createdAt' };

function checked({ category, search = '', ...rest }: ProductFilter): ProductFilter {
  new Validation().text(search, 'search', { max: 200 }).done();
  return { ...rest, ...(category !== undefined && checkedProduct({ category })), search: search.trim() };
}

function priced(query: SelectQueryBuilder<Product>, comparison: '<=' | '>=', money?: Money): void {
  if (!money) return;
  const [price, currency] = comparison === '<=' ? ['max', 'maxCurrency'] : ['min', 'minCurrency'];
  query.andWhere(`product.price ${comparison} :${price} AND product.currency = :${currency}`, {
    [price!]: money.minorUnits,
    [currency!]: money.currencyCode,
  });
}
