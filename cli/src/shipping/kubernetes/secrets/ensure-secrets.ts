import { X509Certificate, randomBytes } from 'node:crypto';
import { flawOf } from '../../../secrets/certificates/flaw-of.js';
import { createKey, publicPart } from '../../../secrets/keys/key-pair.js';
import { labelsOf } from '../labels.js';
import type { RequiredSecret } from './required-secrets.js';

/** The content of a Secret as text, by key. */
export type Content = Readonly<Record<string, string>>;

export interface StoredSecret {
  readonly content: Content;
  readonly labels: Readonly<Record<string, string>>;
  /** For optimistic locking: a replacement fails if the stored version differs. */
  readonly version?: string;
}

export interface SecretStore {
  get(name: string): Promise<StoredSecret | undefined>;
  /** @returns false if it existed already */
  create(name: string, secret: StoredSecret, type: string): Promise<boolean>;
  replace(name: string, secret: StoredSecret, type: string): Promise<void>;
}

export interface SecretReport {
  readonly name: string;
  readonly outcome: 'there' | 'made' | 'renewed';
}

type Certificate = RequiredSecret & { kind: 'certificate' };

const OPAQUE = 'Opaque';
const TLS = 'kubernetes.io/tls';

/**
 * Creates missing Secrets and renews certificates before they expire. Existing Secrets are left alone, whoever created
 * them; only certificates that msx issued are ever replaced.
 */
export async function ensureSecrets(
  store: SecretStore,
  system: string,
  required: readonly RequiredSecret[],
): Promise<SecretReport[]> {
  const reports: SecretReport[] = [];
  for (const secret of required) {
    const outcome =
      secret.kind === 'certificate'
        ? await ensureCertificate(store, secret, system)
        : await ensureCreated(store, secret, system);
    reports.push({ name: secret.name, outcome });
  }
  return reports;
}

async function ensureCreated(
  store: SecretStore,
  required: Exclude<RequiredSecret, { kind: 'certificate' }>,
  system: string,
): Promise<SecretReport['outcome']> {
  if (await store.get(required.name)) return 'there';
  const type = required.kind === 'authority' ? TLS : OPAQUE;
  const secret = { labels: labelsOf(system, 'secrets'), content: await contentOf(required, system) };
  const made = await store.create(required.name, secret, type);
  return made ? 'made' : 'there';
}

async function contentOf(
  required: Exclude<RequiredSecret, { kind: 'certificate' }>,
  system: string,
): Promise<Content> {
  switch (required.kind) {
    case 'keys':
      return keys();
    case 'password':
      return { password: password() };
    case 'database': {
      const { user, at } = required;
      const secret = password();
      return { username: user, password: secret, url: `postgres://${user}:${secret}@${at}` };
    }
    case 'authority': {
      const { Authority } = await import('../../../secrets/certificates/authority.js');
      return parts((await Authority.create(system)).pem);
    }
  }
}

/** One Secret for both halves, so that they always match. */
function keys(): Content {
  const key = createKey();
  return {
    'jwt-keys.json': JSON.stringify({ keys: [key] }),
    'jwks.json': JSON.stringify({ keys: [publicPart(key)] }),
  };
}

async function ensureCertificate(
  store: SecretStore,
  { name, names, authority: authorityName }: Certificate,
  system: string,
): Promise<SecretReport['outcome']> {
  const existing = await store.get(name);
  if (existing && existing.labels['app.kubernetes.io/managed-by'] !== 'msx') return 'there';
  const authority = (await store.get(authorityName))!.content;
  const issuer = new X509Certificate(authority['tls.crt']!);
  if (existing && names.every((each) => !flawOf(pemOf(existing.content), { name: each, authority: issuer })))
    return 'there';
  const { Authority } = await import('../../../secrets/certificates/authority.js');
  const [main, ...others] = names;
  const pem = await (await Authority.parse(pemOf(authority))).issue(main!, { others });
  const labels = labelsOf(system, 'secrets');
  const secret = { labels, content: { ...parts(pem), 'ca.crt': authority['tls.crt']! } };
  if (!existing) return (await store.create(name, secret, TLS)) ? 'made' : 'there';
  await store.replace(name, { ...secret, version: existing.version }, TLS);
  return 'renewed';
}

const pemOf = (content: Content): string => `${content['tls.crt']}${content['tls.key']}`;

/** Splits a PEM text into the certificate and its key. */
function parts(pem: string): Content {
  const key = pem.indexOf('-----BEGIN PRIVATE KEY-----');
  return { 'tls.crt': pem.slice(0, key), 'tls.key': pem.slice(key) };
}

/** 192 bits, in characters that never need quoting. */
const password = (): string => randomBytes(24).toString('base64url');
