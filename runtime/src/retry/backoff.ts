/** Waits between attempts: twice as long after each, from `first` to `longest` milliseconds, with jitter. */
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

  /** Resolves when it is time for the next attempt, or at `wake`. */
  wait(): Promise<void> {
    const delay = Math.min(this.longest, this.first * 2 ** this.failures++);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay * (0.75 + Math.random() / 2));
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
