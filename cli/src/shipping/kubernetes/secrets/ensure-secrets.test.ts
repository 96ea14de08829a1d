import { beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Authority } from '../../../secrets/certificates/authority.js';
import { parseSystem } from '../../../model/system/load-system.js';
import { clusterOf } from '../cluster.js';
import { ensureSecrets } from './ensure-secrets.js';
import type { SecretStore, StoredSecret } from './ensure-secrets.js';
import { requiredSecrets } from './required-secrets.js';

const source = readFileSync(new URL('../../../../../msx.yaml', import.meta.url), 'utf8');
const required = requiredSecrets(clusterOf(parseSystem(source, '/shop', () => true)));

describe('the Secrets of a cluster', () => {
  let stored: Map<string, StoredSecret>;
  let store: SecretStore;
  const ensure = async () => {
    const reports = await ensureSecrets(store, 'shop', required);
    const changed = reports.filter(({ outcome }) => outcome !== 'there');
    return Object.fromEntries(changed.map(({ name, outcome }) => [name, outcome]));
  };
  const content = (name: string) => stored.get(name)!.content;

  beforeEach(() => {
    stored = new Map();
    store = {
      get: async (name) => stored.get(name),
      create: async (name, secret) => !stored.has(name) && !!stored.set(name, secret),
      replace: async (name, secret) => void stored.set(name, secret),
    };
  });

  it('are created if they are missing, and then left alone', async () => {
    expect(Object.keys(await ensure())).toEqual(required.map(({ name }) => name));
    const before = new Map(stored);
    expect(await ensure()).toEqual({});
    expect(stored).toEqual(before);
    stored.delete('order-service-database');
    expect(await ensure()).toEqual({ 'order-service-database': 'made' });
    const { url, password, username } = content('order-service-database') as Record<string, string>;
    expect(url).toBe(`postgres://${username}:${password}@postgres:5432/orders`);
    expect(password).not.toBe(before.get('order-service-database')!.content['password']);
  });

  it('contain matching keys, the public part without the private key', async () => {
    await ensure();
    const [secret] = JSON.parse(content('token-keys')['jwt-keys.json']!).keys;
    const [published] = JSON.parse(content('token-keys')['jwks.json']!).keys;
    expect(published.kid).toBe(secret.kid);
    expect(secret.d).toBeDefined();
    expect(published.d).toBeUndefined();
  });

  it('contain a certificate for the service and its pods, from the common authority', async () => {
    await ensure();
    const { 'tls.crt': pem, 'ca.crt': ca } = content('user-service-certificate');
    const certificate = new X509Certificate(pem!);
    expect(certificate.verify(new X509Certificate(ca!).publicKey)).toBe(true);
    for (const name of ['user-service', 'user-service-headless'])
      expect(certificate.checkHost(name)).toBe(name);
    expect(ca).toBe(content('certificate-authority')['tls.crt']);
    expect(content('user-service-certificate')).not.toHaveProperty('jwt-keys.json');
  });

  it('renew an expiring certificate, unless somebody else created it', async () => {
    await ensure();
    const { 'tls.crt': crt, 'tls.key': key } = content('certificate-authority');
    const authority = await Authority.parse(`${crt}${key}`);
    const old = await authority.issue('user-service', { days: 20, fromDays: -70, others: [] });
    const cut = old.indexOf('-----BEGIN PRIVATE KEY-----');
    const expiring = { 'tls.crt': old.slice(0, cut), 'tls.key': old.slice(cut), 'ca.crt': crt! };
    const theirs = { content: expiring, labels: {} };
    stored.set('user-service-certificate', theirs);
    expect(await ensure()).toEqual({});
    stored.set('user-service-certificate', { ...theirs, labels: { 'app.kubernetes.io/managed-by': 'msx' } });
    expect(await ensure()).toEqual({ 'user-service-certificate': 'renewed' });
    expect(content('user-service-certificate')['tls.crt']).not.toBe(expiring['tls.crt']);
  });

  it('are not created twice by concurrent runs', async () => {
    const other = { content: { password: 'of the other' }, labels: {} };
    const { get } = store;
    store.get = async (name) => {
      const found = await get(name);
      if (name === 'postgres') stored.set(name, other);
      return found;
    };
    const made = await ensure();
    expect(made).not.toHaveProperty('postgres');
    expect(content('postgres')).toEqual(other.content);
  });
});
