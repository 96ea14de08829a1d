/** Reports when an activity that should happen regularly stops. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined;
  private last = Date.now();

  constructor(
    private readonly timeoutMs: number,
    private readonly onTimeout: () => void,
  ) {}

  start(): void {
    this.reset();
    if (!this.timer) this.lookIn(this.timeoutMs);
  }

  reset(): void {
    this.last = Date.now();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Looks again when the timeout can have passed at the earliest, or repeatedly once it has. */
  private lookIn(milliseconds: number): void {
    this.timer = setTimeout(() => {
      const left = this.last + this.timeoutMs - Date.now();
      this.lookIn(Math.max(left + 1, this.timeoutMs / 3));
      if (left < 0) this.onTimeout();
    }, milliseconds + 1);
  }
}
