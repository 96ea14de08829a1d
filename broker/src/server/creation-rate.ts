import type { ConnectionBounds } from '../settings/connection-bounds.js';

type Rate = Pick<ConnectionBounds, 'creationRate' | 'windows' | 'windowMs'>;

/**
 * How fast connections come. As Kafka, it counts them in windows of a second, and divides by the time of at least ten of
 * them, so that a burst is not slowed down which on average stays below the rate.
 */
export class CreationRate {
  private samples: { readonly start: number; count: number }[] = [];

  /** Counts a connection at a time in milliseconds. Returns for how long it must wait. */
  record(now: number, { creationRate, windows, windowMs }: Rate): number {
    this.samples = this.samples.filter(({ start }) => start > now - windows * windowMs);
    const last = this.samples.at(-1);
    if (last && now < last.start + windowMs) last.count++;
    else this.samples.push({ start: now, count: 1 });
    const count = this.samples.reduce((sum, sample) => sum + sample.count, 0);
    const elapsed = now - this.samples[0]!.start;
    const missing = Math.max(0, windows - 1 - Math.floor(elapsed / windowMs));
    const period = elapsed + missing * windowMs;
    return Math.min(Math.max(0, (1000 * count) / creationRate - period), windows * windowMs);
  }
}
