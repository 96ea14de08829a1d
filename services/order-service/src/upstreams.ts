import type { Upstream, UpstreamOptions } from '@msx/runtime';
import { ProductServiceService } from './gen/product.js';

export const PRODUCTS = Symbol('product-service');

export type Products = Upstream<ProductServiceService>;

/** The services that this one calls; each is reached at its `…_SERVICE_URL`. */
export const upstreams: readonly UpstreamOptions[] = [
  {
    name: 'product-service',
    token: PRODUCTS,
    client: ProductServiceService,
    service: 'shop.product.v1.ProductService',
  },
];
