import { MsxError } from '../../terminal/errors/msx-error.js';
import { fileProblem } from '../../terminal/errors/file-problem.js';
import { readText } from '../../model/system/read-file.js';
import type { KafkaConfig, SASLOptions } from 'kafkajs';

const PROTOCOLS = ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'];
const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'];

/**
 * How to connect and authenticate, from the variables that services read: KAFKA_SECURITY, KAFKA_SASL_MECHANISM,
 * KAFKA_USERNAME, KAFKA_PASSWORD and KAFKA_CA. Throws USAGE.
 */
export function kafkaSettings(env: NodeJS.ProcessEnv): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  const protocol = choice(env, 'KAFKA_SECURITY', PROTOCOLS) ?? 'plaintext';
  return {
    ...(protocol.endsWith('ssl') && { ssl: authorityOf(env['KAFKA_CA']) }),
    ...(protocol.startsWith('sasl') && { sasl: credentialsOf(env) }),
  };
}

function credentialsOf(env: NodeJS.ProcessEnv): SASLOptions {
  const mechanism = choice(env, 'KAFKA_SASL_MECHANISM', MECHANISMS) ?? 'scram-sha-512';
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = env;
  if (!username || !password)
    throw new MsxError('USAGE', {
      reason: 'KAFKA_USERNAME and KAFKA_PASSWORD must be set: KAFKA_SECURITY requires SASL',
    });
  return { mechanism, username, password } as SASLOptions;
}

/** `true` stands for the authorities that Node trusts. */
function authorityOf(file: string | undefined): true | { ca: string[] } {
  if (!file) return true;
  try {
    return { ca: [readText(file)] };
  } catch (error) {
    const reason = fileProblem(error as NodeJS.ErrnoException) ?? (error as Error).message;
    throw new MsxError('USAGE', { reason: `KAFKA_CA: cannot read ${file}: ${reason}` });
  }
}

function choice(env: NodeJS.ProcessEnv, name: string, options: readonly string[]): string | undefined {
  const value = env[name] || undefined;
  if (value === undefined || options.includes(value)) return value;
  throw new MsxError('USAGE', { reason: `${name} must be one of ${options.join(', ')}, not "${value}"` });
}
