import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from './closest.js';
import type { Service, System } from './system.js';

/** The services with these names, in the order of the file; all without names. Throws UNKNOWN_SERVICE. */
export function chooseServices(system: System, names: string[]): Service[] {
  const known = system.services.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
  return names.length === 0 ? system.services : system.services.filter(({ name }) => names.includes(name));
}
