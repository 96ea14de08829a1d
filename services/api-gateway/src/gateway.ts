import type { Environment, HttpServiceOptions } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { httpAdapter } from './http/http-adapter.js';
import { SettingsModule } from './settings/settings.module.js';
import { readSettings } from './settings/settings.js';

/**
 * The gateway as a service. Its parts are getters, so that settings are read when the runtime boots it: what is wrong
 * with them then ends, like all else that is, as the one fatal line of the log.
 */
export function gateway(env: Environment): HttpServiceOptions {
  return {
    name: 'api-gateway',
    port: 3000,
    get module() {
      return SettingsModule.around(AppModule, readSettings(env));
    },
    get adapter() {
      return httpAdapter(readSettings(env));
    },
  };
}
