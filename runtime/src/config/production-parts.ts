import { missingKeys } from '../auth/auth-config.js';
import { missingForKafka } from '../events/kafka/kafka-security.js';
import type { Config, ConfigNeeds, Environment } from './config.js';

/** The required settings that are missing, each text beginning with its variable; production requires more. */
export function missingParts(config: Config, texts: Environment, needs: ConfigNeeds): string[] {
  const kafka = needs.events ? missingForKafka(config.kafkaSecurity) : [];
  if (config.environment === 'production') return [...kafka, ...developmentParts(config, texts, needs)];
  return [...kafka, ...missingKeys(config.auth, needs.issuesTokens === true)];
}

const TLS = ['TLS_CERT', 'TLS_KEY', 'TLS_CA'];

/** Development settings that production refuses: SQLite, a default broker, calls without a token or in plaintext. */
function developmentParts({ database, auth }: Config, texts: Environment, needs: ConfigNeeds): string[] {
  return [
    database?.driver === 'sqlite' &&
      texts.ALLOW_SQLITE !== 'true' &&
      'DATABASE_URL must be postgres://…, or ALLOW_SQLITE=true',
    needs.events && !texts.KAFKA_BROKERS && 'KAFKA_BROKERS must be set',
    !auth.required && 'AUTH must be required',
    !auth.verificationKeys && 'JWKS must be set',
    (needs.grpc || needs.upstreams.length > 0) &&
      !TLS.some((name) => texts[name]) &&
      texts.ALLOW_PLAINTEXT !== 'true' &&
      'TLS_CERT must be set, with TLS_KEY and TLS_CA, or ALLOW_PLAINTEXT=true',
    needs.grpc &&
      TLS.some((name) => texts[name]) &&
      !texts.CALLERS &&
      'CALLERS must name the services that may call, or be none',
    needs.issuesTokens && !auth.signingKeys && 'JWT_KEYS must be set',
  ].filter((problem) => problem !== false && problem !== undefined) as string[];
}
