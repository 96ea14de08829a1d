import { addressKey } from '../rate-limits/address-key.js';
import type { Settings } from '../settings/settings.js';

/** The places that there are for sockets: so many in all, and so many for one address, which then leaves some to others. */
export class SocketRoom {
  private readonly taken = new Map<string, number>();
  private total = 0;

  constructor(private readonly limits: Settings['sockets']) {}

  /** How many are taken. */
  get size(): number {
    return this.total;
  }

  /** Takes a place, to be left by calling what this answers; nothing when there is none. */
  enter(address: string): (() => void) | undefined {
    const key = addressKey(address);
    const own = this.taken.get(key) ?? 0;
    if (this.total >= this.limits.total || own >= this.limits.perAddress) return undefined;
    this.total++;
    this.taken.set(key, own + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.leave(key);
    };
  }

  private leave(key: string): void {
    this.total--;
    const rest = this.taken.get(key)! - 1;
    if (rest) this.taken.set(key, rest);
    else this.taken.delete(key);
  }
}
