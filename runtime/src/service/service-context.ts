import { TokenVerifier } from '../auth/token-verifier.js';
import type { Config } from '../config/config.js';
import { Health } from '../health/health.js';
import { Logger } from '../logs/logger.js';

/** What every part of a running service shares. */
export class ServiceContext {
  readonly health: Health;
  readonly tokens: TokenVerifier;

  constructor(
    readonly name: string,
    readonly config: Config,
    readonly logger: Logger = new Logger({ service: name, level: config.logLevel }),
  ) {
    this.health = new Health(name);
    this.tokens = new TokenVerifier(config.auth.verificationKeys, config.auth);
  }
}
