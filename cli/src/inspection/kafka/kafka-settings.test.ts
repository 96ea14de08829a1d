import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaSettings } from './kafka-settings.js';

const usage = (reason: string) => expect.objectContaining({ code: 'USAGE', facts: { reason } });

describe('the settings of a connection to Kafka', () => {
  it('are plaintext without variables', () => {
    expect(kafkaSettings({})).toEqual({});
    expect(kafkaSettings({ KAFKA_SECURITY: 'plaintext', KAFKA_USERNAME: 'ann' })).toEqual({});
  });

  it('are those of the services', () => {
    const folder = mkdtempSync(join(tmpdir(), 'msx-kafka-'));
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, 'PEM');
    const env = {
      ...{ KAFKA_SECURITY: 'sasl_ssl', KAFKA_SASL_MECHANISM: 'plain', KAFKA_CA: ca },
      ...{ KAFKA_USERNAME: 'ann', KAFKA_PASSWORD: 'secret' },
    };
    expect(kafkaSettings(env)).toEqual({
      ssl: { ca: ['PEM'] },
      sasl: { mechanism: 'plain', username: 'ann', password: 'secret' },
    });
    rmSync(folder, { recursive: true });
    expect(kafkaSettings({ KAFKA_SECURITY: 'ssl' })).toEqual({ ssl: true });
  });

  it('are refused with their variable, and without the password', () => {
    expect(() => kafkaSettings({ KAFKA_SECURITY: 'tls' })).toThrow(
      usage('KAFKA_SECURITY must be one of plaintext, ssl, sasl_plaintext, sasl_ssl, not "tls"'),
    );
    expect(() => kafkaSettings({ KAFKA_SECURITY: 'sasl_ssl', KAFKA_PASSWORD: 'secret' })).toThrow(
      usage('KAFKA_USERNAME and KAFKA_PASSWORD must be set: KAFKA_SECURITY requires SASL'),
    );
    expect(() => kafkaSettings({ KAFKA_SECURITY: 'ssl', KAFKA_CA: '/nowhere/ca.pem' })).toThrow(
      /^KAFKA_CA: cannot read \/nowhere\/ca.pem: /,
    );
  });
});
