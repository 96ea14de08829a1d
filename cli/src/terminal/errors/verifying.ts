import { FAILED, WRONG_INPUT, available, didYouMean, entry } from './entry.js';

/** Errors of drills. */
export const verifying = {
  UNKNOWN_DRILL: entry(
    WRONG_INPUT,
    (f: { name: string; known: readonly string[]; similar?: string }) => `there is no drill "${f.name}"`,
    ({ known, similar }) => didYouMean({ similar }) || available(known),
  ),
  DRILLS_NONE: entry(
    WRONG_INPUT,
    (f: { reason: string }) => `no drill can be run on this system: ${f.reason}`,
    'msx verify --list shows which drills apply, and why the others do not.',
  ),
  VERIFICATION_INVALID: entry(
    WRONG_INPUT,
    (f: { service: string; file: string; reason: string }) =>
      `the verification of ${f.service} in ${f.file} cannot be used: ${f.reason}`,
    'It has to export a const named verification, and to import only types.',
  ),
  INVARIANTS_BROKEN: entry(
    FAILED,
    (f: { broken: number; total: number; seed: number; drills: readonly object[] }) =>
      `${f.broken} of ${f.total} ${f.total === 1 ? 'drill' : 'drills'} broke an invariant`,
    ({ seed }) => `The same seed repeats the same drills: --seed ${seed}.`,
  ),
};
