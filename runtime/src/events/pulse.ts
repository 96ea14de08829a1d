/** Notices when something that gives a sign of life again and again falls silent. */
export class Pulse {
  private timer: NodeJS.Timeout | undefined;
  private last = Date.now();

  /** @param longest the longest that silence is normal, in milliseconds */
  constructor(
    private readonly longest: number,
    private readonly onSilence: () => void,
  ) {}

  start(): void {
    this.beat();
    this.timer ??= setInterval(() => {
      if (Date.now() - this.last > this.longest) this.onSilence();
    }, this.longest / 3);
  }

  beat(): void {
    this.last = Date.now();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
