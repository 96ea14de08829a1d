import { addressKey } from '../rate-limits/address-key.js';
import type { Settings } from '../settings/settings.js';

/** Limits the number of open sockets, in total and per address. */
export class SocketLimit {
  private readonly open = new Map<string, number>();
  private total = 0;

  constructor(private readonly limits: Settings['sockets']) {}

  /** The number of open sockets. */
  get size(): number {
    return this.total;
  }

  /** @returns a function that releases the socket again; undefined if a limit is reached */
  acquire(address: string): (() => void) | undefined {
    const key = addressKey(address);
    const own = this.open.get(key) ?? 0;
    if (this.total >= this.limits.total || own >= this.limits.perAddress) return undefined;
    this.total++;
    this.open.set(key, own + 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.release(key);
    };
  }

  private release(key: string): void {
    this.total--;
    const rest = this.open.get(key)! - 1;
    if (rest) this.open.set(key, rest);
    else this.open.delete(key);
  }
}
