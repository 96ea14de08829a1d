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
    this.timer ??= setInterval(() => {
      if (Date.now() - this.last > this.timeoutMs) this.onTimeout();
    }, this.timeoutMs / 3);
  }

  reset(): void {
    this.last = Date.now();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
