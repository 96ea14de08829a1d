import { setTimeout as pause } from 'node:timers/promises';
import { connectionOn } from './connection.js';
import { holdersOf } from './holder.js';
import { isHeld } from './is-held.js';
import type { Exit } from '../../engine/resource.js';
import type { Holder } from './holder.js';

/** Longer than the minute for which the system keeps the port of a closed connection. */
const GIVEN_BACK_MS = 65_000;
const POLL_MS = 100;

export interface Waiting {
  isOver: () => boolean;
  /** Told what it waits for; nothing once it waits no more. */
  say: (reason: string | undefined) => void;
}

/**
 * A port that is taken stops a run before it begins: by whom it is taken is then still known. What only a
 * connection has is waited for: it is given back sooner or later.
 */
export async function portRefusal(
  name: string,
  ports: number[],
  { isOver, say }: Waiting,
): Promise<Exit['reason'] | undefined> {
  let taken = await takenOf(ports);
  let since = Date.now();
  while (taken?.connection && Date.now() < since + GIVEN_BACK_MS && !isOver()) {
    const { port, connection } = taken;
    say(`port ${port} is in use by ${connection}`);
    await pause(POLL_MS);
    taken = await takenOf(ports);
    // An open one that closes begins its minute only then.
    if (taken?.connection !== connection) since = Date.now();
  }
  say(undefined);
  if (!taken) return undefined;
  const message = `port ${taken.port} is held by another process`;
  return { code: 'PORT_HELD', message, facts: { wantedBy: name, ...taken } };
}

type Taken = Pick<Holder, 'port'> & Partial<Holder> & { connection?: string };

async function takenOf(ports: number[]): Promise<Taken | undefined> {
  const held = await Promise.all(ports.map(isHeld));
  const [port] = ports.filter((_, n) => held[n]);
  if (port === undefined) return undefined;
  const [holder] = await holdersOf([port]);
  return holder ?? { port, connection: connectionOn(port) };
}
