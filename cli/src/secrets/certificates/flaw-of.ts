import { createPrivateKey, X509Certificate } from 'node:crypto';

export type Flaw = 'missing' | 'unreadable' | 'expiring' | 'of another authority' | 'for another name';

export interface CertificateRequirements {
  /** The required host name. */
  name?: string;
  /** The required authority. */
  authority?: X509Certificate;
}

/**
 * Why a certificate has to be renewed; undefined when it does not. It expires soon when less than a third of its
 * lifetime is left.
 */
export function flawOf(
  pem: string | undefined,
  { name, authority }: CertificateRequirements,
  now = Date.now(),
): Flaw | undefined {
  if (pem === undefined) return 'missing';
  const certificate = parse(pem);
  if (!certificate) return 'unreadable';
  if (authority && !certificate.verify(authority.publicKey)) return 'of another authority';
  if (name !== undefined && !certificate.checkHost(name)) return 'for another name';
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  return to - now < (to - from) / 3 ? 'expiring' : undefined;
}

function parse(pem: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    return certificate.checkPrivateKey(createPrivateKey(pem)) ? certificate : undefined;
  } catch {
    return undefined;
  }
}
