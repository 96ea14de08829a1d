/** A dependency of a service, as the health endpoints report it. */
export interface CheckReport {
  readonly name: string;
  readonly ok: boolean;
  /** Why not; absent when ok. */
  readonly reason?: string;
  /** The resource in msx.yaml (a service, or `kafka`) that this check waits for. */
  readonly waitingFor?: string;
}

/** What somebody should look into, although the service works. */
export interface NoticeReport {
  readonly name: string;
  readonly text: string;
}

export interface HealthReport {
  readonly service: string;
  readonly started: boolean;
  readonly ready: boolean;
  readonly degraded: boolean;
  readonly checks: readonly CheckReport[];
  /** Absent if there are none. */
  readonly notices?: readonly NoticeReport[];
}

/** The health check of one dependency, updated by the code that monitors it. */
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

  /** Whether it has been ok at least once, which `started` latches on. */
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
 * Three independent states. *Started* latches once every check has been ok; *ready* means that the service serves
 * requests and its database answers; *degraded* means that a started service temporarily lacks a dependency.
 */
export class Health {
  private readonly checks: Check[] = [];
  private phase: 'booting' | 'serving' | 'draining' = 'booting';
  private latched = false;
  private probe: () => Promise<string | undefined> = () => Promise.resolve(undefined);

  private notices: { readonly name: string; probe(): Promise<string | undefined> }[] = [];
  private conditions: { readonly name: string; probe(): Promise<string | undefined> }[] = [];

  constructor(private readonly service: string) {}

  /** Adds a dependency, which is not ok until it is reported to be; call it before the service serves requests. */
  check(name: string, waitingFor?: string): Check {
    const check = new Check(name, waitingFor);
    this.checks.push(check);
    return check;
  }

  /** Sets the probe of the service's database, which resolves to why it does not answer, or undefined. */
  readyWhile(probe: () => Promise<string | undefined>): void {
    this.probe = probe;
  }

  /**
   * Adds a probe that runs for every report and does not affect `started`; it resolves to the problem, or undefined.
   * A service that cannot write can still answer reads, so it stays ready but reports that it is degraded.
   */
  degradedWhile(name: string, probe: () => Promise<string | undefined>): void {
    this.conditions.push({ name, probe });
  }

  /** Adds a probe that runs for every report and affects no state; it resolves to what somebody should know, or undefined. */
  noticeWhile(name: string, probe: () => Promise<string | undefined>): void {
    this.notices.push({ name, probe });
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
    for (const { name, probe } of this.phase === 'serving' ? this.conditions : []) {
      const reason = await probe();
      if (reason) checks.push({ name, ok: false, reason });
    }
    const notices = failure ? [] : await this.currentNotices();
    return {
      service: this.service,
      started: this.latched,
      ready: this.phase === 'serving' && !failure,
      degraded: this.latched && checks.some(({ ok }) => !ok),
      checks,
      ...(notices.length > 0 && { notices }),
    };
  }

  private async currentNotices(): Promise<NoticeReport[]> {
    const found: NoticeReport[] = [];
    for (const { name, probe } of this.phase === 'serving' ? this.notices : []) {
      const text = await probe().catch(() => undefined);
      if (text) found.push({ name, text });
    }
    return found;
  }
}
