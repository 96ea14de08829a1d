import { SessionClient } from '../auth/session-client.js';
import { Sessions } from '../auth/sessions.js';
import { TokenVerifier } from '../auth/token-verifier.js';
import type { Config } from '../config/config.js';
import { Health } from '../health/health.js';
import { Logger } from '../logs/logger.js';
import { Metrics } from '../metrics/metrics.js';

/** What a process runs for; a command has the service's modules, but neither receives nor sends anything. */
export type Purpose = 'serve' | 'command';

const READY = { name: 'service_ready', help: 'Whether the service accepts requests.', labels: [] };
const CHECKS = {
  name: 'service_check_ok',
  help: 'Whether a dependency of the service is available.',
  labels: ['check'],
};

/** The objects that all parts of a running service share. */
export class ServiceContext {
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly tokens: TokenVerifier;
  readonly sessions: Sessions;
  private readonly sessionClient: SessionClient | undefined;

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
    config.tls?.logTo(this.logger);
    this.sessionClient = config.sessions && new SessionClient(config.sessions, config.tls);
    this.sessions = new Sessions(this.sessionClient?.lookUp);
    this.tokens = new TokenVerifier(config.auth.verificationKeys, config.auth, this.sessions);
  }

  /** Call it after the last lookup. */
  close(): void {
    this.sessionClient?.close();
  }
}
