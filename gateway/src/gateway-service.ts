import type { HttpServiceOptions } from '@msx/runtime';
import { httpAdapter } from './http/http-adapter.js';
import { schemaCommand } from './schema/schema.command.js';
import { gatewaySettings } from './settings/settings.js';
import type { Settings, SettingsDefaults } from './settings/settings.js';

export interface GatewayServiceOptions extends Partial<Omit<HttpServiceOptions<Settings>, 'settings'>> {
  /** The name in msx.yaml. */
  readonly name: string;
  /** The module that imports `GatewayModule.forRoot(…)`. */
  readonly module: HttpServiceOptions['module'];
  /** Defaults for settings without a variable: `{ QUERY_MAX_COST: 50_000 }`. */
  readonly settings?: SettingsDefaults;
}

/** A gateway as a service, for `startHttpService`. */
export function gatewayService({ settings, ...parts }: GatewayServiceOptions): HttpServiceOptions<Settings> {
  return {
    port: 3000,
    adapter: httpAdapter,
    origins: ({ corsOrigins }) => corsOrigins,
    ...parts,
    settings: gatewaySettings(settings),
    commands: { graphql: schemaCommand(parts.module), ...parts.commands },
  };
}
