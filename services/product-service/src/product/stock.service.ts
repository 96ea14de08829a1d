import { isId } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { checkPieces, type Pieces, perProduct } from './pieces.js';
import { Product } from './product.entity.js';
import type { StockChange } from './product.events.js';
import { ProductService } from './product.service.js';

export interface Availability {
  readonly productId: string;
  /** None when there is no such product. */
  readonly product?: Product;
  readonly available: boolean;
}

@Injectable()
export class StockService {
  constructor(private readonly products: ProductService) {}

  /**
   * What stock says to each item; items of one product are available only if there is enough for all of them.
   * @throws DomainError VALIDATION_FAILED
   */
  async check(items: readonly Pieces[]): Promise<Availability[]> {
    checkPieces(items);
    const needed = new Map(perProduct(items).map(({ productId, quantity }) => [productId, quantity]));
    const found = await this.products.batch([...needed.keys()]);
    const products = new Map(found.map((product) => [product.id, product]));
    return items.map(({ productId }) => {
      const product = products.get(productId);
      return {
        productId,
        product,
        available: product !== undefined && product.stock >= needed.get(productId)!,
      };
    });
  }

  /**
   * Makes a change in one statement, unless it would make the stock negative.
   * @returns the change with the stock after it; undefined when there is too little, or no such product
   */
  async change(tx: EntityManager, wanted: Omit<StockChange, 'stock'>): Promise<StockChange | undefined> {
    const { productId, change } = wanted;
    if (!isId(productId)) return undefined;
    const { affected } = await tx
      .createQueryBuilder()
      .update(Product)
      .set({ stock: () => 'stock + :change', updatedAt: new Date() })
      .where('id = :productId AND stock + :change >= 0', { productId, change })
      .execute();
    if (!affected) return undefined;
    const { stock } = await tx.findOneByOrFail(Product, { id: productId });
    return { ...wanted, stock };
  }
}
