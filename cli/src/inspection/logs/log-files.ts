import { join } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { KAFKA } from '../../model/system/system.js';
import type { System } from '../../model/system/system.js';
import type { LogFile } from './read-logs.js';

/** The logs of the named services (default: all), including the embedded broker. Throws UNKNOWN_SERVICE. */
export function logFiles({ services, broker, logFolder }: System, names: string[]): LogFile[] {
  const known = [...services.map(({ name }) => name), ...(broker.mode === 'embedded' ? [KAFKA] : [])];
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
  const chosen = names.length > 0 ? known.filter((name) => names.includes(name)) : known;
  return chosen.map((service) => ({ service, file: join(logFolder, `${service}.log`) }));
}
