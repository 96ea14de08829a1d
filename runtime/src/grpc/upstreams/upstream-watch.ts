import type { ServiceError } from '@grpc/grpc-js';
import type { Check } from '../../health/health.js';
import type { CircuitState } from '../client/circuit.js';
import { ServingStatus } from '../wire/health-protocol.js';
import type { HealthCheckResponse } from '../wire/health-protocol.js';
import { isHanging, isSilence, silenceText } from '../client/silence.js';
import { DEFAULT_DEADLINE_MS } from '../client/upstream.js';

export interface WatchedUpstream {
  readonly circuit: CircuitState;
  health(deadline: number): Promise<HealthCheckResponse>;
  recovered(): void;
  hangs(): void;
  opened: () => void;
}

const HEALTH_DEADLINE_MS = 2000;

/** The pause between two health checks, which is short while the service is unavailable. */
const INTERVAL_MS = { unavailable: 200, available: 2000 };

/** The service reports SERVING, but leaves calls unanswered. */
const CIRCUIT_OPEN = 'too many calls to it were not answered; calls are paused';

/** Keeps the health check of an upstream up to date. */
export class UpstreamWatch {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private checking = false;
  /** The start of the first of the health checks that have been failing since. */
  private failingSince: number | undefined;

  constructor(
    private readonly upstream: WatchedUpstream,
    private readonly check: Check,
  ) {}

  /** When the circuit opens, the service is checked at once: it may be back before the next check is due. */
  start(): void {
    this.upstream.opened = () => void (this.checking || this.run());
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    this.checking = true;
    const began = Date.now();
    const problem = await this.upstream.health(HEALTH_DEADLINE_MS).then(
      ({ status: serving }) => problemOf(serving),
      (error: ServiceError) => this.failed(error, began),
    );
    this.checking = false;
    if (this.stopped) return;
    if (!problem && this.failingSince !== undefined) this.upstream.recovered();
    if (!problem) this.failingSince = undefined;
    const reason = problem ?? (this.upstream.circuit === 'closed' ? undefined : CIRCUIT_OPEN);
    if (reason) this.check.fail(reason);
    else this.check.ok();
    this.timer = setTimeout(() => void this.run(), problem ? INTERVAL_MS.unavailable : INTERVAL_MS.available);
  }

  /** Any answer will do, even that there is no health service; only a missing answer is a problem. */
  private failed(error: ServiceError, began: number): string | undefined {
    if (!isSilence(error)) return undefined;
    this.failingSince ??= began;
    if (isHanging(error) && Date.now() - this.failingSince >= DEFAULT_DEADLINE_MS) this.upstream.hangs();
    return silenceText(error);
  }
}

function problemOf(serving: ServingStatus): string | undefined {
  return serving === ServingStatus.NOT_SERVING ? 'it reports NOT_SERVING' : undefined;
}
