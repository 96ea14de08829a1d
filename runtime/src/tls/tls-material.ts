import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** The paths of the PEM files, by variable. */
export interface TlsPaths {
  /** The service's own certificate, followed by any intermediate certificates. */
  readonly TLS_CERT: string;
  readonly TLS_KEY: string;
  /** The trusted certificate authorities. */
  readonly TLS_CA: string;
}

/** The contents of the files, checked to match; named as in grpc-js. */
export interface TlsMaterial {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
  readonly caCertificate: Buffer;
  readonly expires: Date;
}

export class TlsError extends Error {
  constructor(
    readonly variable: keyof TlsPaths,
    /** Completes a message that begins with the variable, or with where it is set. */
    readonly problem: string,
  ) {
    super(`${variable} ${problem}`);
  }
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @throws TlsError for the first file that is missing, half-written, expired, or does not match the others */
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

/** The message does not repeat a value that is not a path: it may be the key itself. */
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
    // The message below is clearer than that of OpenSSL.
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
