import { gatewayService } from '@msx/gateway';
import { AppModule } from './app.module.js';

/** The gateway as a service. */
export const gateway = gatewayService({ name: 'api-gateway', module: AppModule });
