/** Exponential backoff with jitter: waits from `first` to `longest` milliseconds, doubling each time. */
export class Backoff {
  private failures = 0;
  private waking: (() => void) | undefined;

  constructor(
    private readonly first: number,
    private readonly longest: number,
  ) {}

  reset(): void {
    this.failures = 0;
  }

  /** The upper bound of the next wait, in milliseconds. */
  get next(): number {
    return 1.25 * Math.min(this.longest, this.first * 2 ** this.failures);
  }

  /** Resolves when it is time for the next attempt, or at `wake`. */
  wait(): Promise<void> {
    const { next } = this;
    this.failures++;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, next * (0.6 + 0.4 * Math.random()));
      this.waking = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake(): void {
    this.waking?.();
  }
}
