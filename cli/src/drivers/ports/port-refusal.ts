import { holdersOf } from './holder.js';
import { isHeld } from './is-held.js';
import type { Exit } from '../../engine/resource.js';

/** A port that is taken stops a run before it begins: by whom it is taken is then still known. */
export async function portRefusal(name: string, ports: number[]): Promise<Exit['reason'] | undefined> {
  const held = await Promise.all(ports.map(isHeld));
  const [port] = ports.filter((_, n) => held[n]);
  if (port === undefined) return undefined;
  const [holder] = await holdersOf([port]);
  const facts = { port, wantedBy: name, ...holder };
  return { code: 'PORT_HELD', message: `port ${port} is held by another process`, facts };
}
