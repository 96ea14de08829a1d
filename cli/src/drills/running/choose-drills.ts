import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { absenceOf, DRILLS } from '../plan/drill-catalogue.js';
import { factsOf, rushesOf } from './facts-of.js';
import type { DrillEntry, ListedDrill } from '../plan/drill-catalogue.js';
import type { System } from '../../model/system/system.js';
import type { ServiceVerification } from './load-verifications.js';

/** All drills, those that the services declare included. */
export function listDrills(system: System, verifications: readonly ServiceVerification[]): ListedDrill[] {
  const facts = factsOf(system, verifications);
  const general = DRILLS.map((drill): ListedDrill => {
    const absence = absenceOf(drill, facts);
    return { ...drill, ...(absence !== undefined && { absence }) };
  });
  return [...general, ...rushesOf(verifications)];
}

/** The drills of these names (default: all that apply). Throws UNKNOWN_DRILL, DRILLS_NONE. */
export function chooseDrills(listed: readonly ListedDrill[], names: readonly string[]): DrillEntry[] {
  const known = listed.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_DRILL', { name, known, similar: closest(name, known) });
  const chosen = names.length > 0 ? listed.filter(({ name }) => names.includes(name)) : listed;
  const possible = chosen.filter(({ absence }) => absence === undefined);
  const [reason = 'there are none'] = chosen.flatMap(({ absence }) => absence ?? []);
  if (possible.length === 0 || (names.length > 0 && possible.length < chosen.length))
    throw new MsxError('DRILLS_NONE', { reason });
  return possible;
}
