import { hasStarted } from './resource.js';
import type { Hold } from './plan.js';
import type { Check, Exit } from './resource.js';
import type { ResourceView, Snapshot } from './snapshot.js';

/** Why a resource is in its state: itself, what it is waiting for, what that is waiting for, and so on. */
export interface Explanation {
  name: string;
  /** The first sentence is about the resource itself; each further one is the cause of the one before. */
  chain: string[];
  /** The resource at the end of the chain. */
  culprit: string;
}

export function explain({ resources, now }: Snapshot, name: string): Explanation {
  const views = new Map(resources.map((view) => [view.name, view]));
  const chain: string[] = [];
  const seen = new Set<string>();
  let culprit = name;
  for (let next: string | undefined = name; next !== undefined && !seen.has(next);) {
    const view = views.get(next);
    seen.add(next);
    const task = view && !view.hold ? pendingTask({ resources }, view) : undefined;
    chain.push(
      view ? sentenceOf(view, now) + (task ? PREVIOUS_BUILD : '') : `${next} is not part of this run`,
    );
    culprit = next;
    next = view && (task ?? causeOf(view));
  }
  return { name, chain, culprit };
}

/** The end of a sentence about a resource whose new build is pending or has failed. */
export const PREVIOUS_BUILD = ', but still runs its previous build';

export const sentence = ({ chain }: Explanation): string => chain.join(' ← ');

/** The resource that a resource is waiting for, if any. */
export function causeOf(view: ResourceView): string | undefined {
  const { hold, phase, health } = view;
  if (hold?.kind === 'needs') return hold.on;
  if (hold?.kind === 'needed-by') return hold.name;
  const check = hold?.kind === 'check' ? hold.check : undefined;
  const degraded = phase === 'ready' ? health?.checks.find(({ ok }) => !ok) : undefined;
  return (check ?? degraded)?.waitingFor;
}

/** The tasks that build a resource. */
export function tasksOf({ resources }: Pick<Snapshot, 'resources'>, { needs }: ResourceView): ResourceView[] {
  const names = needs.filter(({ until }) => until === 'completed').map(({ on }) => on);
  return resources.filter(({ name }) => names.includes(name));
}

/** The pending or failed task of a service that keeps running its previous build. */
function pendingTask(snapshot: Pick<Snapshot, 'resources'>, view: ResourceView): string | undefined {
  return hasStarted(view) ? tasksOf(snapshot, view).find(({ hold }) => hold)?.name : undefined;
}

function sentenceOf(view: ResourceView, now: number): string {
  const { name, hold, phase, health } = view;
  if (hold) return `${name} ${stateOf(view)}: ${reasonOf(hold, now)}`;
  const failing = phase === 'ready' ? health?.checks.find(({ ok }) => !ok) : undefined;
  return failing
    ? `${name} is degraded${sinceText(failing.since)}: ${checkText(failing)}`
    : `${name} ${stateOf(view)}`;
}

function stateOf({ kind, phase, wanted, completed, target }: ResourceView): string {
  if (kind === 'task' && completed === target) return 'is done';
  if (!wanted && (phase === 'idle' || phase === 'exited')) return 'is stopped';
  if (phase === 'stopping' || phase === 'ready' || phase === 'starting') return `is ${phase}`;
  if (kind === 'task') return phase === 'exited' ? 'failed' : 'has not run';
  return hasStarted({ phase }) ? 'is not ready' : 'is not started';
}

function reasonOf(hold: Hold, now: number): string {
  switch (hold.kind) {
    case 'needs':
      return hold.until === 'completed'
        ? `it is waiting for ${hold.on}`
        : `it needs ${hold.on} ${hold.until}`;
    case 'check':
      return checkText(hold.check);
    case 'silent':
      return hold.since === undefined
        ? 'it does not answer yet'
        : `it has not answered${sinceText(hold.since)}`;
    case 'delayed':
      return hold.reason;
    case 'working':
      return 'it is running';
    case 'back-off':
      return `${exitText(hold.exit)}, next try in ${Math.max(0, hold.retryAt - now) / 1_000} s`;
    case 'gave-up':
      return hold.crashes > 1
        ? `given up after it crashed ${hold.crashes} times: ${exitText(hold.exit)}`
        : exitText(hold.exit);
    case 'stopping':
      return 'its previous run is still stopping';
    case 'needed-by':
      return `${hold.name} still uses it`;
  }
}

/** Local time rather than an age: it stays the same while the state does. */
export const clockText = (time: number): string => new Date(time).toTimeString().slice(0, 8);

const sinceText = (time: number | undefined): string =>
  time === undefined ? '' : ` since ${clockText(time)}`;

function checkText({ name, waitingFor, reason }: Check): string {
  const detail = reason ? ` (${reason})` : '';
  if (!waitingFor) return `${name} fails${detail}`;
  return `${name === waitingFor ? 'it' : name} is waiting for ${waitingFor}${detail}`;
}

/** How a run ended, in a few words: its own if it left any. */
export function exitText(exit: Exit | undefined): string {
  if (!exit) return 'it exited';
  if (exit.reason) return `${exit.reason.code}: ${exit.reason.message}`;
  return exit.signal ? `killed by ${exit.signal}` : `exited with ${exit.code}`;
}
