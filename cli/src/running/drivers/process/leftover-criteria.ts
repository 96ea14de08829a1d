import { readRunFile } from '../../engine/control/run-file.js';
import { rootHash } from '../../engine/control/socket-path.js';
import type { LeftoverCriteria } from './end-leftovers.js';

/** The criteria to find runs of a system by: recorded processes, and tokens of its current and of its former folder. */
export function leftoverCriteria(root: string): LeftoverCriteria {
  const { processes = [], token } = readRunFile(root) ?? {};
  return { recorded: processes, tokens: [`${rootHash(root)}.`, ...(token ? [`${token}.`] : [])] };
}
