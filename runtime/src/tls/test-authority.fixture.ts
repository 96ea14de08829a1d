import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { TlsPaths } from './tls-material.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Pem {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority for tests. */
export class TestAuthority {
  private constructor(
    private readonly root: x509.X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async create(): Promise<TestAuthority> {
    const keys = await generateKeys();
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      name: 'CN=test authority',
      keys,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - DAY_MS),
      notAfter: new Date(Date.now() + DAY_MS),
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    return new TestAuthority(root, keys);
  }

  get pem(): string {
    return `${this.root.toString('pem')}\n`;
  }

  /** @param days the days until it expires; negative for an expired one */
  async issue(name: string, days = 1): Promise<Pem> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${name}`,
      issuer: this.root.subject,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - 3 * DAY_MS),
      notAfter: new Date(Date.now() + days * DAY_MS),
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    });
    const key = KeyObject.from(keys.privateKey).export({ format: 'pem', type: 'pkcs8' }) as string;
    return { cert: `${certificate.toString('pem')}\n`, key };
  }
}

/** The three files of a service, in a temporary folder. */
export class TestTlsFiles {
  private readonly folder = mkdtempSync(join(tmpdir(), 'runtime-tls-'));

  readonly paths: TlsPaths = {
    TLS_CERT: join(this.folder, 'cert.pem'),
    TLS_KEY: join(this.folder, 'key.pem'),
    TLS_CA: join(this.folder, 'ca.pem'),
  };

  constructor({ cert, key }: Pem, ca: string) {
    this.replace({ TLS_CERT: cert, TLS_KEY: key, TLS_CA: ca });
  }

  /** Replaces files as a rotation does: each one atomically, one after the other. */
  replace(contents: Partial<TlsPaths>): void {
    for (const [name, content] of Object.entries(contents)) {
      const path = this.paths[name as keyof TlsPaths];
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ]) as Promise<webcrypto.CryptoKeyPair>;
}
