import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import type { SecurityOptions } from './listener-options.js';
import { selfSignedCertificate, type CertificateWithKey } from './self-signed-certificate.js';

/** A certificate that is valid for less than this is replaced. */
const MIN_VALID_MS = 86_400_000;

interface Place {
  /** Undefined when all data is in memory. */
  readonly directory: string | undefined;
  readonly names: readonly string[];
  readonly now: number;
}

/** What a TLS server presents, and asks of its clients: with a CA, their certificates (mutual TLS). */
export const tlsOptions = (tls: SecurityOptions['tls'], place: Place): TlsOptions => {
  const { cert, key } = tls?.cert && tls.key ? { cert: tls.cert, key: tls.key } : developmentIdentity(place);
  const asked = tls?.ca ? { ca: tls.ca, requestCert: true, rejectUnauthorized: true } : {};
  return { cert, key, minVersion: 'TLSv1.2', ...asked };
};

/** The certificate made for development; it stays the same over restarts, so that clients can keep trusting it. */
const developmentIdentity = ({ directory, names, now }: Place): CertificateWithKey => {
  if (directory === undefined) return selfSignedCertificate(names, now);
  const [certPath, keyPath] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  if (existsSync(certPath) && existsSync(keyPath)) {
    const identity = { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') };
    if (isUsable(identity.cert, names, now)) return identity;
  }
  const made = selfSignedCertificate(names, now);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(keyPath, made.key, { mode: 0o600 });
  writeFileSync(certPath, made.cert, { mode: 0o600 });
  return made;
};

const isUsable = (pem: string, names: readonly string[], now: number): boolean => {
  try {
    const certificate = new X509Certificate(pem);
    const isCovered = names.every((name) => certificate.checkHost(name) ?? certificate.checkIP(name));
    return isCovered && Date.parse(certificate.validTo) - now > MIN_VALID_MS;
  } catch {
    return false;
  }
};
