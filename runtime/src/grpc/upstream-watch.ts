import type { ServiceError } from '@grpc/grpc-js';
import type { Check } from '../health/health.js';
import type { CircuitState } from './circuit.js';
import { ServingStatus } from './health-protocol.js';
import type { HealthCheckResponse } from './health-protocol.js';
import { isSilence, silenceText } from './silence.js';

export interface Watched {
  readonly circuit: CircuitState;
  health(deadline: number): Promise<HealthCheckResponse>;
  recovered(): void;
  opened: () => void;
}

const DEADLINE = 2000;

/** Milliseconds between two looks: soon again while it is missed, rarely while it is there. */
const INTERVAL = { missing: 200, there: 2000 };

/** It says that it is well, and yet leaves calls unanswered. */
const CIRCUIT_OPEN = 'too many calls to it were not answered: it is given a pause';

/** Keeps the check of an upstream true. */
export class UpstreamWatch {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private looking = false;
  private missed = false;

  constructor(
    private readonly upstream: Watched,
    private readonly check: Check,
  ) {}

  /** Whoever is missed by calls is looked for at once: it may be back sooner than the next look is due. */
  start(): void {
    this.upstream.opened = () => void (this.looking || this.look());
    void this.look();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    this.looking = true;
    const problem = await this.upstream
      .health(DEADLINE)
      .then(({ status: serving }) => problemOf(serving), problemOfError);
    this.looking = false;
    if (this.stopped) return;
    if (!problem && this.missed) this.upstream.recovered();
    this.missed = problem !== undefined;
    const reason = problem ?? (this.upstream.circuit === 'closed' ? undefined : CIRCUIT_OPEN);
    if (reason) this.check.fail(reason);
    else this.check.ok();
    this.timer = setTimeout(() => void this.look(), problem ? INTERVAL.missing : INTERVAL.there);
  }
}

function problemOf(serving: ServingStatus): string | undefined {
  return serving === ServingStatus.NOT_SERVING ? 'it says NOT_SERVING' : undefined;
}

/** Any answer will do, even that it knows nothing of health; only silence is a problem. */
function problemOfError(error: ServiceError): string | undefined {
  return isSilence(error) ? silenceText(error) : undefined;
}
