import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import type { Environment } from '../config/config.js';
import { eventually } from '../events/kafka/broker.fixture.js';
import { CertificateFiles } from './certificate-files.js';
import { TestAuthority, TestTlsFiles } from './test-authority.fixture.js';
import type { Pem } from './test-authority.fixture.js';
import type { TlsPaths } from './tls-material.js';

describe('TLS files', () => {
  let authority: TestAuthority;
  let mine: Pem;
  let another: Pem;
  const closing: (() => void)[] = [];

  beforeAll(async () => {
    authority = await TestAuthority.create();
    mine = await authority.issue('greeter-service');
    another = await authority.issue('greeter-service');
  });
  afterEach(() => closing.splice(0).forEach((close) => close()));

  function create(pem = mine, ca = authority.pem): TestTlsFiles {
    const files = new TestTlsFiles(pem, ca);
    closing.push(() => files.remove());
    return files;
  }

  function failure(env: Environment): { code: string; message: string } {
    try {
      loadConfig({ AUTH: 'optional', ...env }, { port: 1, events: false, upstreams: [] });
    } catch (error) {
      return error as { code: string; message: string };
    }
    throw new Error('the configuration was accepted');
  }

  it('must all be set', () => {
    const { TLS_CERT, TLS_CA } = create().paths;
    const { code, message } = failure({ TLS_CERT, TLS_CA });
    expect({ code, message }).toEqual({
      code: 'CONFIG_INVALID',
      message: 'TLS_KEY must be set: TLS needs all of TLS_CERT, TLS_KEY, TLS_CA',
    });
    expect(failure({ NODE_ENV: 'production', TLS_CERT }).message).not.toContain('TLS_CERT must');
  });

  it.each<[RegExp, () => Promise<Partial<TlsPaths>>]>([
    [/^TLS_CERT cannot be read: ENOENT/, async () => ({ TLS_CERT: '/no/such' })],
    [/^TLS_KEY must be the path of a PEM file$/, async () => ({ TLS_KEY: mine.key })],
    [
      /^TLS_KEY must be the private key of TLS_CERT$/,
      async () => create({ ...mine, key: another.key }).paths,
    ],
    [/^TLS_KEY must be a file of one private key/, async () => create({ ...mine, key: mine.cert }).paths],
    [/^TLS_CERT must be a file of whole certificates/, async () => create({ ...mine, cert: mine.key }).paths],
    [
      /^TLS_CA must be a file of whole certificates/,
      async () => create(mine, authority.pem.repeat(2).slice(0, -60)).paths,
    ],
    [/^TLS_CERT expired at 2/, async () => create(await authority.issue('greeter-service', -1)).paths],
  ])('are refused at startup: %s', async (message, env) => {
    const wrong = failure({ ...create().paths, ...(await env()) });
    expect(wrong).toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) });
  });

  it('are reloaded together when they are replaced one by one, and never while they do not match', async () => {
    const files = create();
    const certificates = new CertificateFiles(files.paths);
    const [logged, warned, received]: [string[], string[], string[]] = [[], [], []];
    certificates.logTo({ log: (text) => void logged.push(text), warn: (text) => void warned.push(text) });
    const listener = (update: { certificate: Buffer } | null): void =>
      void received.push(String(update?.certificate));
    certificates.addIdentityCertificateListener(listener);
    closing.push(() => certificates.removeIdentityCertificateListener(listener));
    await eventually('the first files are loaded', () => received.length === 1);

    files.replace({ TLS_CERT: another.cert });
    await eventually('the problem is reported', () => warned.length === 1);
    expect(warned[0]).toMatch(/TLS_KEY must be the private key of TLS_CERT/);
    expect(received).toEqual([mine.cert]);

    files.replace({ TLS_KEY: another.key });
    await eventually('the new files are loaded', () => received.length === 2);
    expect(received[1]).toBe(another.cert);
    expect(logged).toEqual([`Reloaded the TLS files; valid until ${certificates.expires.toISOString()}`]);
    expect(warned).toHaveLength(1);
  });
});
