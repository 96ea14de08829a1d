import { readFileSync } from 'node:fs';
import type { KafkaConfig, SASLOptions } from 'kafkajs';
import { z } from 'zod';

/** How a service connects and authenticates to Kafka. */
export interface KafkaSecurity {
  /** The certificate authority of the brokers, in PEM (default: the authorities that Node trusts). */
  readonly tls?: { readonly ca?: string };
  readonly sasl?: { readonly mechanism: Mechanism; readonly username: string; readonly password: string };
}

const PROTOCOLS = ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'] as const;
const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
type Mechanism = (typeof MECHANISMS)[number];

const authority = z.string().transform((path, context) => {
  try {
    const pem = readFileSync(path, 'utf8');
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
    context.addIssue({ code: 'custom', message: 'must be a file of certificates in PEM' });
  } catch (error) {
    context.addIssue({ code: 'custom', message: `cannot be read: ${(error as Error).message}` });
  }
  return z.NEVER;
});

export const kafkaVariables = {
  KAFKA_SECURITY: z.enum(PROTOCOLS, `must be one of ${PROTOCOLS.join(', ')}`).default('plaintext'),
  KAFKA_SASL_MECHANISM: z
    .enum(MECHANISMS, `must be one of ${MECHANISMS.join(', ')}`)
    .default('scram-sha-512'),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_CA: authority.optional(),
};

type Values = z.infer<z.ZodObject<typeof kafkaVariables>>;

export function toKafkaSecurity(values: Values): KafkaSecurity {
  const { KAFKA_SECURITY: protocol, KAFKA_SASL_MECHANISM: mechanism, KAFKA_CA: ca } = values;
  const { KAFKA_USERNAME: username = '', KAFKA_PASSWORD: password = '' } = values;
  return {
    ...(protocol.endsWith('ssl') && { tls: ca === undefined ? {} : { ca } }),
    ...(protocol.startsWith('sasl') && { sasl: { mechanism, username, password } }),
  };
}

/** The settings that KAFKA_SECURITY requires and that are missing. */
export function missingForKafka({ sasl }: KafkaSecurity): string[] {
  if (!sasl) return [];
  return [
    ...(sasl.username ? [] : ['KAFKA_USERNAME must be set: KAFKA_SECURITY requires SASL']),
    ...(sasl.password ? [] : ['KAFKA_PASSWORD must be set: KAFKA_SECURITY requires SASL']),
  ];
}

/** The configuration for kafkajs. */
export function toClientConfig({ tls, sasl }: KafkaSecurity): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls && { ssl: tls.ca === undefined ? true : { ca: [tls.ca] } }),
    ...(sasl && { sasl: sasl as SASLOptions }),
  };
}
