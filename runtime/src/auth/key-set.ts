import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** The algorithms that tokens may be signed with: asymmetric ones, so that who checks a token cannot make one. */
export const ALGORITHMS = ['EdDSA', 'ES256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
}

export type KeyUse = 'public' | 'private';

const ALGORITHM_OF_CURVE: Readonly<Record<string, Algorithm>> = { Ed25519: 'EdDSA', 'P-256': 'ES256' };

/** How often the file is looked at, in milliseconds. */
const INTERVAL = 1000;

/**
 * A JWK Set (RFC 7517), given as JSON or as the path of a file that may be replaced while the service runs. A file that
 * became unreadable changes nothing: the keys read before stay.
 */
export class KeySet {
  private set: ReadonlyMap<string, SigningKey>;
  private stamp: string | undefined;
  private lookAgain = 0;

  /** @throws Error saying what is wrong with the keys */
  constructor(
    private readonly source: string,
    private readonly use: KeyUse,
  ) {
    this.stamp = this.stampOf();
    this.set = parseKeys(this.read(), use);
  }

  /** In the order of the set. */
  get all(): readonly SigningKey[] {
    return [...this.set.values()];
  }

  find(kid: string): SigningKey | undefined {
    return this.set.get(kid);
  }

  /** Reads the file again if it changed, looking at most once a second unless `now`. @returns whether the keys changed */
  refresh(now = false): boolean {
    if (this.inline || (!now && Date.now() < this.lookAgain)) return false;
    this.lookAgain = Date.now() + INTERVAL;
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
