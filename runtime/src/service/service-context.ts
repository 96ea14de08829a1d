import { TokenVerifier } from '../auth/token-verifier.js';
import type { Config } from '../config/config.js';
import { Health } from '../health/health.js';
import { Logger } from '../logs/logger.js';
import { Metrics } from '../metrics/metrics.js';

/** What a process runs for; a command has the service's modules, but takes and sends nothing. */
export type Purpose = 'serve' | 'command';

const READY = { name: 'service_ready', help: 'Whether the service takes requests.', labels: [] };
const CHECKS = {
  name: 'service_check_ok',
  help: 'Whether what the service depends on is there.',
  labels: ['check'],
};

/** What every part of a running service shares. */
export class ServiceContext {
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly tokens: TokenVerifier;

  constructor(
    readonly name: string,
    readonly config: Config,
    readonly purpose: Purpose = 'serve',
  ) {
    this.logger = new Logger({ service: name, level: purpose === 'serve' ? config.logLevel : 'silent' });
    this.health = new Health(name);
    this.metrics = new Metrics(name);
    this.metrics.gauge(READY, async () => [
      { labels: {}, value: Number((await this.health.report()).ready) },
    ]);
    this.metrics.gauge(CHECKS, async () =>
      (await this.health.report()).checks.map(({ name: check, ok }) => ({
        labels: { check },
        value: Number(ok),
      })),
    );
    config.tls?.tell(this.logger);
    this.tokens = new TokenVerifier(config.auth.verificationKeys, config.auth);
  }
}
