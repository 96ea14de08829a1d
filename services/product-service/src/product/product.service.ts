import {
  checkBatch,
  Database,
  type DomainError,
  type EdgePage,
  isId,
  newId,
  type Page,
  pageOf,
  rowsOf,
  type Slice,
  type Sort,
} from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Product } from './product.entity.js';
import { productErrors } from './product.errors.js';
import { ProductEvents } from './product.events.js';
import { matching, type ProductFilter } from './product.filter.js';
import {
  changedStock,
  checkedChanges,
  checkedNewProduct,
  checkedProduct,
  type NewProduct,
  type ProductChanges,
} from './product.rules.js';

@Injectable()
export class ProductService {
  constructor(
    private readonly database: Database,
    private readonly events: ProductEvents,
  ) {}

  /** @throws DomainError VALIDATION_FAILED */
  async create(fields: NewProduct): Promise<Product> {
    const now = new Date();
    const checked = checkedNewProduct(fields);
    const product = Object.assign(new Product(), checked, { id: newId(), createdAt: now, updatedAt: now });
    return this.database.transaction(async (tx) => {
      await tx.insert(Product, product);
      await this.events.created(tx, product);
      return product;
    });
  }

  /**
   * Updates the given fields. `stock` is the stock as of now: earlier orders are not subtracted from it again, later ones
   * are. `stockChange` keeps what orders take at the same time.
   * @throws DomainError VALIDATION_FAILED, PRODUCT_NOT_FOUND, OUT_OF_STOCK
   */
  async update(id: string, fields: ProductChanges): Promise<Product> {
    const { stockChange, ...changes } = checkedChanges(fields);
    return this.database.transaction(async (tx) => {
      const before = await this.lock(tx, id);
      const stock = stockChange === undefined ? {} : { stock: changedStock(before.stock, stockChange) };
      await tx.update(Product, { id }, { ...changes, ...stock, updatedAt: new Date() });
      const product = await tx.findOneByOrFail(Product, { id });
      await this.events.updated(tx, product);
      const change = product.stock - before.stock;
      if (change !== 0) await this.events.stockUpdated(tx, { productId: id, stock: product.stock, change });
      return product;
    });
  }

  /** @throws DomainError PRODUCT_NOT_FOUND */
  async get(id: string): Promise<Product> {
    const product = isId(id) ? await this.database.read.findOneBy(Product, { id }) : null;
    if (!product) throw notFound(id);
    return product;
  }

  /** The products that exist among `ids`, in no particular order. */
  async batch(ids: readonly string[]): Promise<Product[]> {
    checkBatch(ids);
    return this.database.read.findBy(Product, { id: In(ids.filter(isId)) });
  }

  async list(page: Page, category?: string): Promise<Product[]> {
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    return this.database.read.find(Product, { where: inCategory(category), order, ...rowsOf(page) });
  }

  /** @throws DomainError VALIDATION_FAILED */
  async search(filter: ProductFilter, sort: Sort<Product>, slice: Slice): Promise<EdgePage<Product>> {
    return pageOf(matching(this.database.read, filter), sort, slice);
  }

  async count(filter: ProductFilter = {}): Promise<number> {
    return matching(this.database.read, filter).getCount();
  }

  /**
   * The current product, locked until the transaction ends. Writing a row is the lock that every database has; with it, the
   * published change of the stock is the one that was made.
   */
  private async lock(tx: EntityManager, id: string): Promise<Product> {
    const { affected } = isId(id)
      ? await tx.update(Product, { id }, { updatedAt: new Date() })
      : { affected: 0 };
    if (!affected) throw notFound(id);
    return tx.findOneByOrFail(Product, { id });
  }
}

const inCategory = (category?: string) => (category === undefined ? {} : checkedProduct({ category }));

function notFound(id: string): DomainError {
  const message = `there is no product ${JSON.stringify(id.slice(0, 64))}`;
  return productErrors.PRODUCT_NOT_FOUND(message);
}
