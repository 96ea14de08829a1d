/** A wait that ends earlier when told to; what it is told between two waits is not lost. */
export class Alarm {
  private endsAt = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private resume: (() => void) | undefined;

  /** Ends the wait, or the next one, after this many milliseconds at the latest. */
  ringIn(milliseconds: number): void {
    const at = performance.now() + milliseconds;
    if (at >= this.endsAt) return;
    this.endsAt = at;
    if (this.resume) this.arm(this.resume);
  }

  /** Resolves after `longest` milliseconds, or when it rings. */
  async wait(longest: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.resume = resolve;
      this.endsAt = Math.min(this.endsAt, performance.now() + longest);
      this.arm(resolve);
    });
    this.endsAt = Infinity;
    this.resume = undefined;
  }

  private arm(resume: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(resume, Math.max(0, Math.ceil(this.endsAt - performance.now())));
  }
}
