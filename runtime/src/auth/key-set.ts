import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/**
 * The algorithms that tokens may be signed with: asymmetric ones, so that a service that checks tokens cannot forge
 * them.
 */
export const ALGORITHMS = ['EdDSA', 'ES256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
}

export type KeyUse = 'public' | 'private';

const ALGORITHM_OF_CURVE: Readonly<Record<string, Algorithm>> = { Ed25519: 'EdDSA', 'P-256': 'ES256' };

/** How often the file is checked for changes. */
const CHECK_INTERVAL_MS = 1000;

/**
 * A JWK Set (RFC 7517): JSON, or the path of a file that may be replaced while the service runs. When the file becomes
 * unreadable, the keys read before stay in use.
 */
export class KeySet {
  private set: ReadonlyMap<string, SigningKey>;
  private stamp: string | undefined;
  private nextCheckAt = 0;

  /** @throws Error when the keys cannot be read or are invalid */
  constructor(
    private readonly source: string,
    private readonly use: KeyUse,
  ) {
    this.stamp = this.stampOf();
    this.set = parseKeys(this.read(), use);
  }

  /** All keys, in the order of the set. */
  get all(): readonly SigningKey[] {
    return [...this.set.values()];
  }

  find(kid: string): SigningKey | undefined {
    return this.set.get(kid);
  }

  /**
   * Reads the file again if it changed; checks at most once a second unless `now`. @returns whether the keys changed
   */
  refresh(now = false): boolean {
    if (this.inline || (!now && Date.now() < this.nextCheckAt)) return false;
    this.nextCheckAt = Date.now() + CHECK_INTERVAL_MS;
    try {
      const stamp = this.stampOf();
      if (stamp === this.stamp) return false;
      this.set = parseKeys(this.read(), this.use);
      this.stamp = stamp;
      return true;
    } catch {
      return false;
    }
  }

  private get inline(): boolean {
    return this.source.trimStart().startsWith('{');
  }

  private read(): string {
    return this.inline ? this.source : readFileSync(this.source, 'utf8');
  }

  private stampOf(): string | undefined {
    if (this.inline) return undefined;
    const { ino, mtimeMs, size } = statSync(this.source);
    return `${ino} ${mtimeMs} ${size}`;
  }
}

function parseKeys(text: string, use: KeyUse): Map<string, SigningKey> {
  const { keys } = JSON.parse(text) as { keys?: JsonWebKey[] };
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('it has no keys');
  const parsed = keys.map((jwk) => parseKey(jwk, use));
  const set = new Map(parsed.map((key) => [key.kid, key]));
  if (set.size < parsed.length) throw new Error('two keys have the same kid');
  return set;
}

function parseKey(jwk: JsonWebKey, use: KeyUse): SigningKey {
  const { kid, crv, d } = jwk;
  if (typeof kid !== 'string' || !kid) throw new Error('a key has no kid');
  const algorithm = ALGORITHM_OF_CURVE[String(crv)];
  if (!algorithm) throw new Error(`key ${kid} is neither Ed25519 nor P-256`);
  if (use === 'public' && d !== undefined) throw new Error(`key ${kid} is a private key`);
  if (use === 'private' && d === undefined) throw new Error(`key ${kid} is not a private key`);
  const create = use === 'public' ? createPublicKey : createPrivateKey;
  return { kid, algorithm, key: create({ key: jwk, format: 'jwk' }) };
}
