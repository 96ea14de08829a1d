/** Reproducible randomness: a linear congruential generator, whose higher bits are good enough to choose moments. */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to, but without, a limit. */
  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}
