import { MsxError } from '../../terminal/errors/msx-error.js';
import { chooseServices } from '../../model/system/choose-services.js';
import type { Service, System } from '../../model/system/system.js';

/** The named services (default: all that have a database). Throws UNKNOWN_SERVICE, and USAGE for one without a database. */
export function chooseDatabases(system: System, names: string[]): Service[] {
  const chosen = chooseServices(system, names);
  const without = chosen.find(({ database }) => !database);
  if (names.length > 0 && without)
    throw new MsxError('USAGE', { reason: `${without.name} has no database`, command: 'db' });
  return chosen.filter(({ database }) => database);
}
