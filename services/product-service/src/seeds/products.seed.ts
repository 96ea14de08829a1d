import { Database, defineSeed } from '@msx/runtime';
import type { CreateProductRequest } from '../gen/product.js';
import { ProductController } from '../product/product.controller.js';
import { Product } from '../product/product.entity.js';

const euros = (minorUnits: number) => ({ minorUnits, currencyCode: 'EUR' });

/** A small catalogue for development; a product is known by its name. */
export const productSeeds = defineSeed<CreateProductRequest>({
  file: 'src/seeds/products.seed.ts',
  entries: [
    { name: 'Teapot', description: 'Holds a litre.', price: euros(24_90), stock: 40, category: 'kitchen' },
    {
      name: 'Cup',
      description: 'Goes with the teapot.',
      price: euros(6_50),
      stock: 200,
      category: 'kitchen',
    },
    {
      name: 'Garden gnome',
      description: 'Sleeps by day.',
      price: euros(39_00),
      stock: 5,
      category: 'garden',
    },
    { name: 'Lantern', description: 'Sold out.', price: euros(17_95), stock: 0, category: 'garden' },
  ],
  nameOf: ({ name }) => name,
  exists: ({ name }, app) => app.get(Database).read.existsBy(Product, { name }),
  create: (request, app) => app.get(ProductController).createProduct(request),
});
