import { TokenVerifier } from '../auth/token-verifier.js';
import type { Config } from '../config/config.js';
import { Health } from '../health/health.js';
import { Logger } from '../logs/logger.js';

/** What a process runs for; a command has the service's modules, but takes and sends nothing. */
export type Purpose = 'serve' | 'command';

/** What every part of a running service shares. */
export class ServiceContext {
  readonly logger: Logger;
  readonly health: Health;
  readonly tokens: TokenVerifier;

  constructor(
    readonly name: string,
    readonly config: Config,
    readonly purpose: Purpose = 'serve',
  ) {
    this.logger = new Logger({ service: name, level: purpose === 'serve' ? config.logLevel : 'silent' });
    this.health = new Health(name);
    config.tls?.tell(this.logger);
    this.tokens = new TokenVerifier(config.auth.verificationKeys, config.auth);
  }
}
