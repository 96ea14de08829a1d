import { endProcesses } from './end-group.js';
import { isAlive, processesMarked } from './process-table.js';
import type { Identity } from './process-table.js';

const GRACE_MS = 4_000;

/**
 * Ends what a run has left behind without its engine: the processes on record, and any whose environment carries
 * the mark, were it never recorded. Answers what was found, and of that what could not be ended.
 */
export async function endLeftovers(
  recorded: Identity[],
  mark: string,
  graceMs = GRACE_MS,
): Promise<{ found: Identity[]; left: Identity[] }> {
  const known = recorded.filter(isAlive);
  const unknown = processesMarked(mark).filter(
    ({ pid, group }) => !known.some((one) => one.pid === pid || one.pid === group),
  );
  const found = [...known, ...unknown];
  return { found, left: await endProcesses(found, graceMs) };
}
