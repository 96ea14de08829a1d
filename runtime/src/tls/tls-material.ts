import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** Where the PEM files are, by the variables that name them. */
export interface TlsPaths {
  /** The service's own certificate, followed by intermediate ones if there are any. */
  readonly TLS_CERT: string;
  readonly TLS_KEY: string;
  /** The authorities whose certificates are believed. */
  readonly TLS_CA: string;
}

/** What is in the files, checked to fit together; named as grpc-js names it. */
export interface TlsMaterial {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
  readonly caCertificate: Buffer;
  readonly expires: Date;
}

export class TlsError extends Error {
  constructor(
    readonly variable: keyof TlsPaths,
    /** To be said behind the variable, or where it is set. */
    readonly problem: string,
  ) {
    super(`${variable} ${problem}`);
  }
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @throws TlsError for the first file that is missing, half-written, expired, or of another certificate than the rest */
export function readMaterial(paths: TlsPaths): TlsMaterial {
  const [certificate, privateKey, caCertificate] = (['TLS_CERT', 'TLS_KEY', 'TLS_CA'] as const).map((name) =>
    read(name, paths[name]),
  ) as [Buffer, Buffer, Buffer];
  const [own] = parseCertificates('TLS_CERT', certificate);
  parseCertificates('TLS_CA', caCertificate);
  if (!own!.checkPrivateKey(parseKey(privateKey)))
    throw new TlsError('TLS_KEY', 'must be the private key of TLS_CERT');
  const expires = new Date(own!.validTo);
  if (expires.getTime() < Date.now()) throw new TlsError('TLS_CERT', `expired at ${expires.toISOString()}`);
  try {
    createSecureContext({ cert: certificate, key: privateKey, ca: caCertificate });
  } catch (error) {
    throw new TlsError('TLS_CERT', `cannot be used: ${(error as Error).message}`);
  }
  return { certificate, privateKey, caCertificate, expires };
}

/** The value is not repeated unless it is a path: somebody may have put the key itself there. */
function read(variable: keyof TlsPaths, path: string): Buffer {
  if (path.includes('-----BEGIN')) throw new TlsError(variable, 'must be the path of a PEM file');
  try {
    return readFileSync(path);
  } catch (error) {
    throw new TlsError(variable, `cannot be read: ${(error as Error).message}`);
  }
}

function parseCertificates(variable: keyof TlsPaths, pem: Buffer): X509Certificate[] {
  const text = pem.toString('latin1');
  const blocks = text.match(BLOCK) ?? [];
  const begun = text.split('-----BEGIN CERTIFICATE-----').length - 1;
  try {
    if (blocks.length > 0 && blocks.length === begun)
      return blocks.map((block) => new X509Certificate(block));
  } catch {
    // Whatever OpenSSL says of it, it is no certificate.
  }
  throw new TlsError(variable, 'must be a file of whole certificates in PEM');
}

function parseKey(pem: Buffer): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new TlsError('TLS_KEY', 'must be a file of one private key in PEM, without a passphrase');
  }
}
