import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { positionFlag } from './kafka-flags.js';
import type { ResetTarget } from '../../inspection/groups/reset-plan.js';
import type { StartPosition } from '../../inspection/topics/start-position.js';

/** The flags that say where to reset a group to. */
export const resetTargetFlags = {
  to: positionFlag({
    exclusive: ['shift'],
    description: 'earliest, latest, an offset, a time, or a duration ago, such as 2h',
  }),
  shift: Flags.integer({
    helpValue: 'COUNT',
    description: 'records to move forwards, or backwards if negative',
  }),
};

/** Throws USAGE if neither flag was passed. */
export function resetTarget({
  to,
  shift,
}: {
  to?: StartPosition | undefined;
  shift?: number | undefined;
}): ResetTarget {
  if (to) return to;
  if (shift !== undefined) return { kind: 'shift', by: shift };
  throw new MsxError('USAGE', { reason: 'pass --to or --shift', command: 'groups reset' });
}
