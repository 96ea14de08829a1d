import { Authority } from '../../cli/src/secrets/certificates/authority.js';
import { printed } from './cluster.fixture.js';

const USER = 'shop';
const PASSWORD = 'a password of theirs';
const KAFKA_PORT = 9095;

/** A Kafka with SASL and TLS and a PostgreSQL that msx does not manage, in a namespace of their own. */
export class ExternalServices {
  private constructor(
    readonly namespace: string,
    private readonly ca: string,
  ) {}

  static async start(namespace: string): Promise<ExternalServices> {
    const authority = await Authority.create('external');
    const keystore = await authority.issue('kafka', { others: [`kafka.${namespace}`] });
    const external = new ExternalServices(namespace, authority.publicPem);
    const items = [...external.kafka(keystore), ...external.postgres()];
    await printed('kubectl', ['create', 'namespace', namespace]);
    // A namespace admits pods once it has the account that they run under.
    await external.kubectl(['wait', 'serviceaccount/default', '--for=create', '--timeout=60s']);
    await external.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    await external.kubectl(['wait', 'pod', '--all', '--for=condition=Ready', '--timeout=120s']);
    return external;
  }

  get brokers(): string {
    return `kafka.${this.namespace}:${KAFKA_PORT}`;
  }

  /** Creates the Secrets that the shop needs to reach them. */
  async createSecrets(namespace: string, databases: Record<string, string>): Promise<void> {
    const secret = (name: string, values: Record<string, string>) => {
      const literals = Object.entries(values).map(([key, value]) => `--from-literal=${key}=${value}`);
      return printed('kubectl', ['-n', namespace, 'create', 'secret', 'generic', name, ...literals]);
    };
    await secret('kafka-client', { username: USER, password: PASSWORD, 'ca.crt': this.ca });
    for (const [service, database] of Object.entries(databases)) {
      await this.kubectl(['exec', 'postgres', '--', 'createdb', '-h', '/tmp', '-U', 'postgres', database]);
      const login = `postgres:${encodeURIComponent(PASSWORD)}`;
      await secret(`${service}-database`, {
        url: `postgres://${login}@postgres.${this.namespace}:5432/${database}`,
      });
    }
  }

  /** @returns the output of a query in one of the databases */
  async query(database: string, sql: string): Promise<string> {
    const psql = ['psql', '-h', '/tmp', '-U', 'postgres', '-d', database, '-tAc', sql];
    return (await this.kubectl(['exec', 'postgres', '--', ...psql])).trim();
  }

  stop(): Promise<string> {
    return printed('kubectl', ['delete', 'namespace', this.namespace, '--ignore-not-found']);
  }

  private kubectl(args: readonly string[], input?: string): Promise<string> {
    return printed('kubectl', ['-n', this.namespace, ...args], input);
  }

  private kafka(keystore: string): object[] {
    const variables = {
      KAFKA_LISTENERS: `THEIRS://:${KAFKA_PORT},PLAINTEXT://:9092,CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `THEIRS://${this.brokers},PLAINTEXT://localhost:9092`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,THEIRS:SASL_SSL',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'PLAINTEXT',
      KAFKA_SASL_ENABLED_MECHANISMS: 'PLAIN',
      KAFKA_LISTENER_NAME_THEIRS_PLAIN_SASL_JAAS_CONFIG: `org.apache.kafka.common.security.plain.PlainLoginModule required user_${USER}="${PASSWORD}";`,
      KAFKA_SSL_KEYSTORE_TYPE: 'PEM',
      KAFKA_SSL_KEYSTORE_LOCATION: '/tls/keystore.pem',
    };
    const secret = { metadata: { name: 'kafka-tls' }, stringData: { 'keystore.pem': keystore } };
    return [
      { apiVersion: 'v1', kind: 'Secret', ...secret },
      ...server({
        name: 'kafka',
        image: 'apache/kafka:4.3.1',
        port: KAFKA_PORT,
        variables,
        secret: 'kafka-tls',
      }),
    ];
  }

  private postgres(): object[] {
    const variables = { POSTGRES_PASSWORD: PASSWORD };
    return server({ name: 'postgres', image: 'postgres:17', port: 5432, variables });
  }
}

interface Server {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly variables: Record<string, string>;
  /** Mounted at /tls. */
  readonly secret?: string;
}

/** One pod, ready once its port is open, and its Service. */
function server({ name, image, port, variables, secret }: Server): object[] {
  const container = {
    ...{
      name,
      image,
      env: Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
    },
    readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
    ...(secret && { volumeMounts: [{ name: 'tls', mountPath: '/tls' }] }),
  };
  const volumes = secret ? [{ name: 'tls', secret: { secretName: secret } }] : [];
  return [
    {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } } },
      spec: { containers: [container], volumes, enableServiceLinks: false },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name } },
      spec: { selector: { app: name }, ports: [{ port }] },
    },
  ];
}
