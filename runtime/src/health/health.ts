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

/** Resolves to the problem, or to undefined. */
type Probe = () => Promise<string | undefined>;

interface Condition {
  readonly name: string;
  readonly probe: Probe;
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
 * requests, and that its database answers and has space; *degraded* means that a started service temporarily lacks a dependency.
 */
export class Health {
  private readonly checks: Check[] = [];
  private phase: 'booting' | 'serving' | 'draining' = 'booting';
  private latched = false;
  private readonly needs: Condition[] = [];
  private readonly worries: Condition[] = [];
  private readonly notices: Condition[] = [];

  constructor(private readonly service: string) {}

  /** Adds a dependency, which is not ok until it is reported to be; call it before the service serves requests. */
  check(name: string, waitingFor?: string): Check {
    const check = new Check(name, waitingFor);
    this.checks.push(check);
    return check;
  }

  /** Adds a probe, which runs for every report; the service is not ready while it resolves to a problem. */
  readyWhile(name: string, probe: Probe): void {
    this.needs.push({ name, probe });
  }

  /** Adds a probe, which runs for every report; the service is degraded, and ready, while it resolves to a problem. */
  degradedWhile(name: string, probe: Probe): void {
    this.worries.push({ name, probe });
  }

  /** Adds a probe that runs for every report and affects no state; it resolves to what somebody should know, or undefined. */
  noticeWhile(name: string, probe: Probe): void {
    this.notices.push({ name, probe });
  }

  serving(): void {
    this.phase = 'serving';
  }

  draining(): void {
    this.phase = 'draining';
  }

  async report(): Promise<HealthReport> {
    const isServing = this.phase === 'serving';
    const failures = isServing ? await failing(this.needs) : [];
    const worries = isServing ? await failing(this.worries) : [];
    this.latched ||= isServing && this.checks.every((check) => check.wasOk);
    const checks = [...this.checks.map((check) => check.report()), ...failures, ...worries];
    const notices = isServing && failures.length === 0 ? await this.currentNotices() : [];
    return {
      service: this.service,
      started: this.latched,
      ready: isServing && failures.length === 0,
      degraded: this.latched && checks.some(({ ok }) => !ok),
      checks,
      ...(notices.length > 0 && { notices }),
    };
  }

  private async currentNotices(): Promise<NoticeReport[]> {
    const found: NoticeReport[] = [];
    for (const { name, probe } of this.notices) {
      const text = await probe().catch(() => undefined);
      if (text) found.push({ name, text });
    }
    return found;
  }
}

async function failing(conditions: readonly Condition[]): Promise<CheckReport[]> {
  const reports = conditions.map(async ({ name, probe }) => {
    const reason = await probe();
    return reason ? [{ name, ok: false, reason }] : [];
  });
  return (await Promise.all(reports)).flat();
}
