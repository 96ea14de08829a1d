import { startGrpcService } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { ProductServiceService } from './gen/product.js';
import { productSeeds } from './seeds/products.seed.js';

await startGrpcService({
  name: 'product-service',
  module: AppModule,
  port: 50052,
  packageName: 'shop.product.v1',
  services: { ProductService: ProductServiceService },
  descriptor: new URL('./gen/descriptor.binpb', import.meta.url),
  seeds: [productSeeds],
});
