import { startHttpService } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { httpAdapter } from './http/http-adapter.js';

await startHttpService({
  name: 'api-gateway',
  module: AppModule,
  port: 3000,
  adapter: httpAdapter(),
});
