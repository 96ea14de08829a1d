import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspectConfig } from '../../config/load-config.js';
import { Logger } from '../../logs/logger.js';
import { KafkaConnection } from './kafka-connection.js';
import { toClientConfig } from './kafka-security.js';
import type { KafkaSecurity } from './kafka-security.js';
import { describeWhere } from '../../../../checks/skipping.fixture.js';

const needs = { port: 0, events: true, upstreams: [] };
const read = (env: Record<string, string>) => {
  const { config, problems } = inspectConfig({ AUTH: 'optional', ...env }, needs);
  return { security: config.kafkaSecurity, problems: problems.map(({ text }) => text) };
};

describe('the security of Kafka connections', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'runtime-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('defaults to plaintext', () => {
    expect(read({})).toEqual({ security: {}, problems: [] });
    expect(toClientConfig({})).toEqual({});
  });

  it('supports TLS with a certificate authority, and SASL with credentials', () => {
    const ca = join(folder, 'ca.pem');
    const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';
    writeFileSync(ca, pem);
    const password = join(folder, 'password');
    writeFileSync(password, 'app-secret\n');
    const env = {
      KAFKA_SECURITY: 'sasl_ssl',
      KAFKA_CA: ca,
      KAFKA_USERNAME: 'app',
      KAFKA_PASSWORD_FILE: password,
    };
    const { security, problems } = read(env);
    expect(problems).toEqual([]);
    expect(toClientConfig(security)).toEqual({
      ssl: { ca: [pem] },
      sasl: { mechanism: 'scram-sha-512', username: 'app', password: 'app-secret' },
    });
  });

  it('names invalid and missing settings', () => {
    expect(read({ KAFKA_SECURITY: 'tls' }).problems).toEqual([
      'KAFKA_SECURITY must be one of plaintext, ssl, sasl_plaintext, sasl_ssl',
    ]);
    expect(read({ KAFKA_SECURITY: 'sasl_ssl' }).problems).toEqual([
      'KAFKA_USERNAME must be set: KAFKA_SECURITY requires SASL',
      'KAFKA_PASSWORD must be set: KAFKA_SECURITY requires SASL',
    ]);
    expect(read({ KAFKA_SECURITY: 'ssl', KAFKA_CA: join(folder, 'no') }).problems[0]).toMatch(
      /^KAFKA_CA cannot be read: ENOENT/,
    );
  });
});

/** A broker as `kafka-secure-up.sh` starts it: plaintext at the port, SASL_SSL five above it. */
const { TEST_KAFKA_SECURE_PORT: port, TEST_KAFKA_CA: file } = process.env;

describeWhere(port && file, 'npm run test:kafka-secure runs it')('a Kafka with authentication', () => {
  const tls = file ? { ca: readFileSync(file, 'utf8') } : {};
  const connect = (security: KafkaSecurity) =>
    new KafkaConnection({
      ...{ service: 'test', brokers: [`127.0.0.1:${Number(port) + 5}`], security, development: true },
      ...{ topics: new Map(), logger: new Logger({ service: 'test', level: 'silent' }) },
    });
  const as = (password: string, mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512') => ({
    tls,
    sasl: { mechanism, username: 'app', password },
  });

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'accepts us with %s',
    async (mechanism) => {
      const kafka = connect(as('app-secret', mechanism));
      await kafka.ping();
      await kafka.close();
    },
    60_000,
  );

  it('refuses wrong credentials, and is not trusted without its authority', async () => {
    const wrong = connect(as('guess', 'scram-sha-512'));
    await expect(wrong.ping()).rejects.toThrow(/auth/i);
    const untrusted = connect({ ...as('app-secret', 'plain'), tls: {} });
    await expect(untrusted.ping()).rejects.toThrow(/certificate|self.signed/i);
    await Promise.all([wrong.close(), untrusted.close()]);
  }, 60_000);
});
