import { callersOf, sessionsOf, topicsOf, upstreamVariable } from '../../model/system/service-environment.js';
import type { Service } from '../../model/system/system.js';
import { keysForKafka, podsOf, secretNames, usesKafka } from './cluster.js';
import type { Cluster } from './cluster.js';
import { KAFKA_PORT } from './kafka-manifests.js';
import type { Mount } from './pod.js';

const FOLDER = '/etc/msx';

/** Clients reconnect this often, and so find new pods. */
const CONNECTION_AGE_SECONDS = 60;

/** How long pods wait for a database that is created at the same time. */
const DATABASE_TIMEOUT_SECONDS = 300;

/** The settings of a service in the cluster; secrets are passed as paths of files. */
export function settingsOf(cluster: Cluster, service: Service): Record<string, string> {
  const { system, kafka } = cluster;
  const calls = system.services.filter(({ name }) => service.calls.includes(name));
  const { auth, name } = system;
  return {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: String(service.port),
    HEALTH_PORT: String(service.healthPort),
    LOG_LEVEL: 'info',
    ...(usesKafka(service) && { TOPICS: topicsOf(system, service), ...kafkaSettings(kafka) }),
    ...(service.database && {
      DATABASE_URL_FILE: `${FOLDER}/database/url`,
      DATABASE_PATIENCE: String(DATABASE_TIMEOUT_SECONDS),
    }),
    ...(speaksGrpc(service) && {
      TLS_CERT: `${FOLDER}/certificate/tls.crt`,
      TLS_KEY: `${FOLDER}/certificate/tls.key`,
      TLS_CA: `${FOLDER}/certificate/ca.crt`,
      GRPC_MAX_CONNECTION_AGE: String(CONNECTION_AGE_SECONDS),
    }),
    ...Object.fromEntries(
      calls.map((callee) => [upstreamVariable(callee.name), `${podsOf(callee.name)}:${callee.port}`]),
    ),
    ...(auth && { JWT_ISSUER: name, JWT_AUDIENCE: name, JWKS: `${FOLDER}/keys/jwks.json` }),
    ...callersOf(system, service),
    ...sessionsOf(system, service, (issuer) => `${podsOf(issuer.name)}:${issuer.port}`),
    ...(auth?.issuer === service.name && { JWT_KEYS: `${FOLDER}/keys/jwt-keys.json` }),
  };
}

function kafkaSettings(kafka: Cluster['kafka']): Record<string, string> {
  if (!kafka) return { KAFKA_BROKERS: `kafka:${KAFKA_PORT}` };
  const { brokers, security, mechanism } = kafka;
  return {
    KAFKA_BROKERS: brokers,
    KAFKA_SECURITY: security,
    ...(security.startsWith('sasl') && {
      KAFKA_SASL_MECHANISM: mechanism,
      KAFKA_USERNAME_FILE: `${FOLDER}/kafka/username`,
      KAFKA_PASSWORD_FILE: `${FOLDER}/kafka/password`,
    }),
    ...(keysForKafka(kafka).includes('ca.crt') && { KAFKA_CA: `${FOLDER}/kafka/ca.crt` }),
  };
}

/** The Secrets that its pods mount. Only the issuer gets the private keys of tokens. */
export function secretsOf({ system, kafka }: Cluster, service: Service): Mount[] {
  const { auth } = system;
  const isIssuer = auth?.issuer === service.name;
  const mount = (name: string, secret: string, keys?: string[]): Mount => ({
    name,
    path: `${FOLDER}/${name}`,
    secret,
    ...(keys && { keys }),
  });
  return [
    ...(speaksGrpc(service) ? [mount('certificate', secretNames.certificateOf(service.name))] : []),
    ...(auth ? [mount('keys', secretNames.keys, ['jwks.json', ...(isIssuer ? ['jwt-keys.json'] : [])])] : []),
    ...(service.database ? [mount('database', secretNames.databaseOf(service.name), ['url'])] : []),
    ...(kafka && usesKafka(service) && keysForKafka(kafka).length > 0
      ? [mount('kafka', kafka.secret, keysForKafka(kafka))]
      : []),
  ];
}

/** As a server or as a client: either way it needs a certificate. */
export const speaksGrpc = ({ kind, calls }: Service): boolean => kind === 'grpc' || calls.length > 0;
