/** One thing a service depends on, as the health endpoints show it. */
export interface CheckReport {
  readonly name: string;
  readonly ok: boolean;
  /** Why not; absent when ok. */
  readonly reason?: string;
  /** The resource of msx.yaml (a service, `kafka`) that has to come first. */
  readonly waitingFor?: string;
}

export interface HealthReport {
  readonly service: string;
  readonly started: boolean;
  readonly ready: boolean;
  readonly degraded: boolean;
  readonly checks: readonly CheckReport[];
}

/** Whoever watches over a dependency holds its check and says what it sees. */
export class Check {
  private failure: string | undefined = 'not reached yet';
  private succeeded = false;

  constructor(
    readonly name: string,
    private readonly waitingFor?: string,
  ) {}

  ok(): void {
    this.failure = undefined;
    this.succeeded = true;
  }

  fail(reason: string): void {
    this.failure = reason;
  }

  /** Whether it has been ok at least once: what `started` latches on. */
  get wasOk(): boolean {
    return this.succeeded;
  }

  report(): CheckReport {
    const { name, failure, waitingFor } = this;
    if (failure === undefined) return { name, ok: true };
    return { name, ok: false, reason: failure, ...(waitingFor && { waitingFor }) };
  }
}

/**
 * Three states, never mixed. *Started* latches once every check has been ok; *ready* is the own database's answer while
 * the service serves; *degraded* says that a started service misses something it can live without for a while.
 */
export class Health {
  private readonly checks: Check[] = [];
  private phase: 'booting' | 'serving' | 'draining' = 'booting';
  private latched = false;
  private probe: () => Promise<string | undefined> = () => Promise.resolve(undefined);

  constructor(private readonly service: string) {}

  /** Adds a dependency, not ok until its holder says so; to be called before the service serves. */
  check(name: string, waitingFor?: string): Check {
    const check = new Check(name, waitingFor);
    this.checks.push(check);
    return check;
  }

  /** Sets how the own database is asked: resolves to why it does not answer, or undefined. */
  readyWhile(probe: () => Promise<string | undefined>): void {
    this.probe = probe;
  }

  serving(): void {
    this.phase = 'serving';
  }

  draining(): void {
    this.phase = 'draining';
  }

  async report(): Promise<HealthReport> {
    const failure = this.phase === 'serving' ? await this.probe() : undefined;
    this.latched ||= this.phase === 'serving' && this.checks.every((check) => check.wasOk);
    const checks = this.checks.map((check) => check.report());
    if (failure) checks.push({ name: 'database', ok: false, reason: failure });
    return {
      service: this.service,
      started: this.latched,
      ready: this.phase === 'serving' && !failure,
      degraded: this.latched && checks.some(({ ok }) => !ok),
      checks,
    };
  }
}
