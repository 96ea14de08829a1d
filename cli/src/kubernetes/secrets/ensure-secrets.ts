import { X509Certificate, randomBytes } from 'node:crypto';
import { flawOf } from '../../certificates/flaw-of.js';
import { createKey, publicPart } from '../../keys/key-pair.js';
import { labelsOf } from '../labels.js';
import type { WantedSecret } from './wanted-secrets.js';

/** Its content as text, by key. */
export type Content = Readonly<Record<string, string>>;

export interface StoredSecret {
  readonly content: Content;
  readonly labels: Readonly<Record<string, string>>;
  /** What it has to be when it is replaced, or else somebody was faster. */
  readonly version?: string;
}

export interface SecretStore {
  get(name: string): Promise<StoredSecret | undefined>;
  /** Whether it was made, and not there already. */
  create(name: string, secret: StoredSecret, type: string): Promise<boolean>;
  replace(name: string, secret: StoredSecret, type: string): Promise<void>;
}

export interface SecretReport {
  readonly name: string;
  readonly outcome: 'there' | 'made' | 'renewed';
}

type Certificate = WantedSecret & { kind: 'certificate' };

const OPAQUE = 'Opaque';
const TLS = 'kubernetes.io/tls';

/**
 * Makes what is missing and renews certificates that expire. What is there is left alone, whoever made it; only
 * certificates of our own authority are ever replaced.
 */
export async function ensureSecrets(
  store: SecretStore,
  system: string,
  wanted: readonly WantedSecret[],
): Promise<SecretReport[]> {
  const labels = labelsOf(system, 'secrets');
  const reports: SecretReport[] = [];
  for (const secret of wanted) {
    const outcome =
      secret.kind === 'certificate'
        ? await ensureCertificate(store, secret, labels)
        : await ensureMade(store, secret, labels, system);
    reports.push({ name: secret.name, outcome });
  }
  return reports;
}

async function ensureMade(
  store: SecretStore,
  wanted: Exclude<WantedSecret, { kind: 'certificate' }>,
  ...[labels, system]: [StoredSecret['labels'], string]
): Promise<SecretReport['outcome']> {
  if (await store.get(wanted.name)) return 'there';
  const type = wanted.kind === 'authority' ? TLS : OPAQUE;
  const made = await store.create(wanted.name, { labels, content: await contentOf(wanted, system) }, type);
  return made ? 'made' : 'there';
}

async function contentOf(
  wanted: Exclude<WantedSecret, { kind: 'certificate' }>,
  system: string,
): Promise<Content> {
  switch (wanted.kind) {
    case 'keys':
      return keys();
    case 'password':
      return { password: password() };
    case 'database': {
      const { user, at } = wanted;
      const secret = password();
      return { username: user, password: secret, url: `postgres://${user}:${secret}@${at}` };
    }
    case 'authority': {
      const { Authority } = await import('../../certificates/authority.js');
      return parts((await Authority.create(system)).pem);
    }
  }
}

/** One Secret for both, so that they are always of one making. */
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
  labels: StoredSecret['labels'],
): Promise<SecretReport['outcome']> {
  const there = await store.get(name);
  if (there && there.labels['app.kubernetes.io/managed-by'] !== 'msx') return 'there';
  const authority = (await store.get(authorityName))!.content;
  const issuer = new X509Certificate(authority['tls.crt']!);
  if (there && names.every((each) => !flawOf(pemOf(there.content), { name: each, authority: issuer })))
    return 'there';
  const { Authority } = await import('../../certificates/authority.js');
  const [main, ...others] = names;
  const pem = await (await Authority.parse(pemOf(authority))).issue(main!, { others });
  const secret = { labels, content: { ...parts(pem), 'ca.crt': authority['tls.crt']! } };
  if (!there) return (await store.create(name, secret, TLS)) ? 'made' : 'there';
  await store.replace(name, { ...secret, version: there.version }, TLS);
  return 'renewed';
}

const pemOf = (content: Content): string => `${content['tls.crt']}${content['tls.key']}`;

/** A certificate and its key, which are one text elsewhere. */
function parts(pem: string): Content {
  const key = pem.indexOf('-----BEGIN PRIVATE KEY-----');
  return { 'tls.crt': pem.slice(0, key), 'tls.key': pem.slice(key) };
}

/** Of 192 bits, and of letters that need no quoting anywhere. */
const password = (): string => randomBytes(24).toString('base64url');
