import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';

/** Removes duplicates from names. Throws UNKNOWN_SERVICE for the first unknown name. */
export function chooseResources(known: string[], names: string[]): string[] {
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
  return [...new Set(names)];
}
