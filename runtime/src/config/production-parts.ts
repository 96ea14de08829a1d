import { missingKeys } from '../auth/auth-config.js';
import type { Config, ConfigNeeds, Environment } from './config.js';

/** What has to be there and is not, each beginning with its variable; more in production than elsewhere. */
export function missingParts(config: Config, texts: Environment, needs: ConfigNeeds): string[] {
  if (config.environment === 'production') return developmentParts(config, texts, needs);
  return missingKeys(config.auth, needs.issuesTokens === true);
}

/** What is fit for development only: SQLite, a broker that nobody named, and calls without a token. */
function developmentParts({ database, auth }: Config, texts: Environment, needs: ConfigNeeds): string[] {
  return [
    database?.driver === 'sqlite' &&
      texts.ALLOW_SQLITE !== 'true' &&
      'DATABASE_URL must be postgres://…, or ALLOW_SQLITE=true',
    needs.events && !texts.KAFKA_BROKERS && 'KAFKA_BROKERS must be set',
    !auth.required && 'AUTH must be required',
    !auth.verificationKeys && 'JWKS must be set',
    needs.issuesTokens && !auth.signingKeys && 'JWT_KEYS must be set',
  ].filter((problem) => problem !== false && problem !== undefined) as string[];
}
