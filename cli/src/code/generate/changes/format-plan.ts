import { LEDGER_FILE, hashOf, parseLedger } from '../ledger/ledger.js';
import { isInternal } from '../outcome.js';
import { addLedger } from './plan-slice.js';
import { readAfter } from './plan-slices.js';
import type { ProjectState, SlicePlan } from './plan-slice.js';

/**
 * Formats the texts of a plan that was made without formatting: each file once, however many slices change it. What
 * counts as unchanged in the ledger still does.
 */
export async function formatPlan(plan: SlicePlan, state: ProjectState): Promise<SlicePlan> {
  const ledger = parseLedger(readAfter(plan.changes, state.read)(LEDGER_FILE));
  const files = { ...ledger.files };
  const changes = new Map<string, string | Buffer | null>();
  for (const [path, content] of plan.changes) {
    if (isInternal(path)) continue;
    const current = state.read(path);
    const written = typeof content === 'string' ? await layout(path, content, state) : content;
    if (written !== current) changes.set(path, written);
    const known = files[path];
    if (typeof content === 'string' && known?.hash === hashOf(content))
      files[path] = { ...known, hash: hashOf(String(written)) };
  }
  addLedger(changes, { ...ledger, files }, state);
  return { ...plan, changes };
}

function layout(path: string, text: string, { read, format, ledger }: ProjectState): Promise<string> {
  const current = read(path);
  const isOurs = current === undefined || ledger.files[path]?.hash === hashOf(current);
  return isOurs ? format(path, text) : format.like(path, current, text);
}
