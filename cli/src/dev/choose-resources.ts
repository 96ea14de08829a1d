import { MsxError } from '../errors/msx-error.js';
import { closest } from '../system/closest.js';

/** These names, each once. Throws UNKNOWN_SERVICE for the first that is none of the known. */
export function chooseResources(known: string[], names: string[]): string[] {
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
  return [...new Set(names)];
}
