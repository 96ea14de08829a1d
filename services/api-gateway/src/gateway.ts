import type { HttpServiceOptions } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { httpAdapter } from './http/http-adapter.js';
import { schemaCommand } from './schema/schema.command.js';
import { gatewaySettings } from './settings/settings.js';
import type { Settings } from './settings/settings.js';

/** The gateway as a service. */
export const gateway: HttpServiceOptions<Settings> = {
  name: 'api-gateway',
  port: 3000,
  module: AppModule,
  settings: gatewaySettings,
  adapter: httpAdapter,
  commands: { graphql: schemaCommand },
};
