import { setTimeout as pause } from 'node:timers/promises';
import { connectionOn } from './connection.js';
import { holdersOf } from './holder.js';
import { isHeld, LOOPBACKS } from './is-held.js';
import type { Report } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { Holder } from './holder.js';

/** Longer than the minute for which the system reserves the port of a closed connection. */
const RELEASE_TIMEOUT_MS = 65_000;
const POLL_MS = 100;
/** A listener on any other address does not prevent listening on these. */
const CONFLICTING_ADDRESSES = [...LOOPBACKS, '0.0.0.0', '::', '*'];

/** A run that is about to start. */
interface PendingRun {
  readonly name: string;
  readonly run: { readonly ports: readonly number[] };
  /** Whether the start was cancelled. */
  readonly stopping: boolean;
}

/**
 * Refuses a run before it starts if one of its ports is held, while the holder can still be named. A port that is only
 * used by a connection is waited for, and reported: it will be released.
 */
export async function portRefusal(pending: PendingRun, report: Report): Promise<Exit['reason'] | undefined> {
  const { name, run } = pending;
  const reportDelay = (reason: string | undefined) => report({ kind: 'delayed', name, reason });
  let held = await heldPortOf(run.ports);
  let since = Date.now();
  while (held?.connection && Date.now() < since + RELEASE_TIMEOUT_MS && !pending.stopping) {
    const { port, connection } = held;
    reportDelay(`port ${port} is in use by ${connection}`);
    await pause(POLL_MS);
    held = await heldPortOf(run.ports);
    // The minute of a connection starts only when it is closed.
    if (held?.connection !== connection) since = Date.now();
  }
  reportDelay(undefined);
  if (!held) return undefined;
  const message = `port ${held.port} is held by another process`;
  return { code: 'PORT_HELD', message, facts: { wantedBy: name, ...held } };
}

type HeldPort = Pick<Holder, 'port'> & Partial<Holder> & { connection?: string };

async function heldPortOf(ports: readonly number[]): Promise<HeldPort | undefined> {
  const held = await Promise.all(ports.map((port) => isHeld(port)));
  const [port] = ports.filter((_, n) => held[n]);
  if (port === undefined) return undefined;
  const holders = await holdersOf([port]);
  const holder = holders.find(({ address = '' }) => CONFLICTING_ADDRESSES.includes(address)) ?? holders[0];
  return holder ?? { port, connection: connectionOn(port) };
}
