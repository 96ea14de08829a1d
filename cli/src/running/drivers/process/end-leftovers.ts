import { endProcesses } from './end-group.js';
import { isAlive, processesMarked } from '../../processes/process-table.js';
import { markOf, nameIn } from './run-token.js';
import type { Identity } from '../../processes/process-table.js';

const GRACE_MS = 4_000;

/** A process of a run, with the name of its resource, as far as it is known. */
export interface Leftover extends Identity {
  name?: string;
}

/** Criteria to find leftovers by. */
export interface LeftoverCriteria {
  /** The recorded processes. */
  recorded: readonly Leftover[];
  /** Prefixes of the tokens of runs: they also mark processes that were never recorded. */
  tokens: readonly string[];
}

/** The live ones of the recorded processes, and of those that carry a token. */
export function leftoversOf({ recorded, tokens }: LeftoverCriteria): Leftover[] {
  const live = recorded.filter(isAlive);
  const marked = tokens.flatMap((token) => processesMarked(markOf(token)));
  const unrecorded = marked.filter(
    ({ pid, group }, n) =>
      !live.some((one) => one.pid === pid || one.pid === group) &&
      marked.findIndex((one) => one.pid === pid) === n,
  );
  return [...live, ...unrecorded.map(({ pid, startTime, mark }) => ({ pid, startTime, name: nameIn(mark) }))];
}

/**
 * Ends the processes that a run has left behind: terminates, then kills, then checks again, since a process may start
 * others while it exits. @returns the processes that were found, and those that could not be ended
 */
export async function endLeftovers(
  traces: LeftoverCriteria,
  graceMs = GRACE_MS,
): Promise<{ found: Leftover[]; left: Leftover[] }> {
  const found = leftoversOf(traces);
  await endProcesses(found, graceMs);
  const again = leftoversOf(traces);
  if (again.length > 0) await endProcesses(again, 0);
  return { found, left: again.filter(isAlive) };
}
