import { isId } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { checkQuantities, type ProductQuantity, perProduct } from './product-quantity.js';
import { Product } from './product.entity.js';
import type { StockChange } from './product.events.js';
import { ProductService } from './product.service.js';

export interface Availability {
  readonly productId: string;
  /** Unset if there is no such product. */
  readonly product?: Product;
  readonly available: boolean;
}

@Injectable()
export class StockService {
  constructor(private readonly products: ProductService) {}

  /**
   * The availability of each item; items of one product are available only if there is enough stock for all of them.
   * @throws DomainError VALIDATION_FAILED
   */
  async check(items: readonly ProductQuantity[]): Promise<Availability[]> {
    checkQuantities(items);
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
   * Changes the stock in one statement, unless that would make it negative.
   * @returns the change with the resulting stock; undefined if there is too little, or no such product
   */
  async change(tx: EntityManager, request: Omit<StockChange, 'stock'>): Promise<StockChange | undefined> {
    const { productId, change } = request;
    if (!isId(productId)) return undefined;
    const { affected } = await tx
      .createQueryBuilder()
      .update(Product)
      .set({ stock: () => 'stock + :change', updatedAt: new Date() })
      .where('id = :productId AND stock + :change >= 0', { productId, change })
      .execute();
    if (!affected) return undefined;
    const { stock } = await tx.findOneByOrFail(Product, { id: productId });
    return { ...request, stock };
  }
}
