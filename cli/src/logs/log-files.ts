import { join } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { closest } from '../system/closest.js';
import { KAFKA } from '../system/system.js';
import type { System } from '../system/system.js';
import type { LogFile } from './read-logs.js';

/** The logs of these services, or of all that write one: the embedded broker does, too. Throws UNKNOWN_SERVICE. */
export function logFiles({ services, broker, logFolder }: System, names: string[]): LogFile[] {
  const known = [...services.map(({ name }) => name), ...(broker.mode === 'embedded' ? [KAFKA] : [])];
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
  const chosen = names.length > 0 ? known.filter((name) => names.includes(name)) : known;
  return chosen.map((service) => ({ service, file: join(logFolder, `${service}.log`) }));
}
