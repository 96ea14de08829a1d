import { setTimeout as pause } from 'node:timers/promises';
import { connectionOn } from './connection.js';
import { holdersOf } from './holder.js';
import { isHeld } from './is-held.js';
import type { Report } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { Holder } from './holder.js';

/** Longer than the minute for which the system keeps the port of a closed connection. */
const GIVEN_BACK_MS = 65_000;
const POLL_MS = 100;

/** A run that is about to begin. */
interface Beginning {
  readonly name: string;
  readonly run: { readonly ports: readonly number[] };
  /** Whether it shall not any more. */
  readonly stopping: boolean;
}

/**
 * A port that is taken stops a run before it begins: by whom it is taken is then still known. What only a
 * connection has is waited for, and said: it is given back sooner or later.
 */
export async function portRefusal(beginning: Beginning, report: Report): Promise<Exit['reason'] | undefined> {
  const { name, run } = beginning;
  const say = (reason: string | undefined) => report({ kind: 'delayed', name, reason });
  let taken = await takenOf(run.ports);
  let since = Date.now();
  while (taken?.connection && Date.now() < since + GIVEN_BACK_MS && !beginning.stopping) {
    const { port, connection } = taken;
    say(`port ${port} is in use by ${connection}`);
    await pause(POLL_MS);
    taken = await takenOf(run.ports);
    // An open one that closes begins its minute only then.
    if (taken?.connection !== connection) since = Date.now();
  }
  say(undefined);
  if (!taken) return undefined;
  const message = `port ${taken.port} is held by another process`;
  return { code: 'PORT_HELD', message, facts: { wantedBy: name, ...taken } };
}

type Taken = Pick<Holder, 'port'> & Partial<Holder> & { connection?: string };

async function takenOf(ports: readonly number[]): Promise<Taken | undefined> {
  const held = await Promise.all(ports.map(isHeld));
  const [port] = ports.filter((_, n) => held[n]);
  if (port === undefined) return undefined;
  const [holder] = await holdersOf([port]);
  return holder ?? { port, connection: connectionOn(port) };
}
