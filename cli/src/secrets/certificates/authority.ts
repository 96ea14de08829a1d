import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

type Keys = webcrypto.CryptoKeyPair;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1_000;
/** The clocks of other machines may be slow. */
const CLOCK_SKEW_MS = DAY_MS;
const LIFETIME_DAYS = { authority: 3_650, service: 90 };

export interface CertificateOptions {
  /** The start of its validity, in days from now. */
  fromDays?: number;
  /** The end of its validity, in days from now. */
  days?: number;
  /** Additional DNS names. */
  others?: readonly string[];
}

/** A private certificate authority on this machine: it signs the certificates that its services use for mutual TLS. */
export class Authority {
  private constructor(
    private readonly certificate: x509.X509Certificate,
    private readonly key: webcrypto.CryptoKey,
  ) {}

  /** @param name the prefix of its common name: "shop" */
  static async create(name: string): Promise<Authority> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: [{ CN: [`${name} authority`] }],
      keys,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - CLOCK_SKEW_MS),
      notAfter: new Date(Date.now() + LIFETIME_DAYS.authority * DAY_MS),
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new Authority(certificate, keys.privateKey);
  }

  /** Parses the format of `pem`. */
  static async parse(pem: string): Promise<Authority> {
    const [certificate] = x509.PemConverter.decodeWithHeaders(pem).filter(
      ({ type }) => type === 'CERTIFICATE',
    );
    const [key] = x509.PemConverter.decodeWithHeaders(pem).filter(({ type }) => type === 'PRIVATE KEY');
    const imported = await webcrypto.subtle.importKey('pkcs8', key!.rawData, ALGORITHM, true, ['sign']);
    return new Authority(new x509.X509Certificate(certificate!.rawData), imported);
  }

  /** The certificate and its private key. */
  get pem(): string {
    return pemOf(this.certificate, this.key);
  }

  /** The certificate without its key. */
  get publicPem(): string {
    return `${this.certificate.toString('pem')}\n`;
  }

  /** @returns a client and server certificate for a service on this machine, followed by its key, in PEM */
  async issue(service: string, terms: CertificateOptions = {}): Promise<string> {
    const { fromDays = -1, days = LIFETIME_DAYS.service, others = [] } = terms;
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [service] }],
      issuer: this.certificate.subjectName,
      publicKey: keys.publicKey,
      signingKey: this.key,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() + fromDays * DAY_MS),
      notAfter: new Date(Date.now() + days * DAY_MS),
      extensions: await this.#extensions([service, ...others], keys),
    });
    return pemOf(certificate, keys.privateKey);
  }

  #extensions(names: readonly string[], keys: Keys): Promise<x509.Extension[]> {
    const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
    return Promise.all([
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns' as const, value })),
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      x509.AuthorityKeyIdentifierExtension.create(this.certificate),
      x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ]);
  }
}

function pemOf(certificate: x509.X509Certificate, key: webcrypto.CryptoKey): string {
  return `${certificate.toString('pem')}\n${KeyObject.from(key).export({ format: 'pem', type: 'pkcs8' })}`;
}

const generateKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<Keys>;
