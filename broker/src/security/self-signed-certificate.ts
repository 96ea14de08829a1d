import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIP, isIPv4, SocketAddress } from 'node:net';
import { der } from './der.js';

const ECDSA_WITH_SHA256 = der.sequence(der.objectId('1.2.840.10045.4.3.2'));
const COMMON_NAME = '2.5.4.3';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const VALID_DAYS = 825;
const DAY_MS = 86_400_000;

/** A certificate and its private key, in PEM. */
export interface CertificateWithKey {
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes a certificate for development, which is its own authority: clients that have it as their CA accept the names.
 * It is valid for 825 days, the longest that Apple's systems accept.
 */
export const selfSignedCertificate = (names: readonly string[], now: number): CertificateWithKey => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = der.sequence(
    der.set(der.sequence(der.objectId(COMMON_NAME), der.text('msx development broker'))),
  );
  const content = der.sequence(
    der.context(0xa0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    subject,
    der.sequence(der.time(new Date(now - DAY_MS)), der.time(new Date(now + VALID_DAYS * DAY_MS))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.context(0xa3, der.sequence(basicConstraints(), alternativeNames(names))),
  );
  const signed = der.sequence(content, ECDSA_WITH_SHA256, der.bits(sign('sha256', content, privateKey)));
  return { cert: pem(signed), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
};

const basicConstraints = (): Buffer =>
  der.sequence(
    der.objectId(BASIC_CONSTRAINTS),
    der.boolean(true),
    der.octets(der.sequence(der.boolean(true))),
  );

const alternativeNames = (names: readonly string[]): Buffer =>
  der.sequence(
    der.objectId(SUBJECT_ALTERNATIVE_NAME),
    der.octets(
      der.sequence(
        ...names.map((name) =>
          isIP(name) ? der.context(0x87, addressBytes(name)) : der.context(0x82, Buffer.from(name)),
        ),
      ),
    ),
  );

const addressBytes = (address: string): Buffer => {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const { address: canonical } = new SocketAddress({ address, family: 'ipv6' });
  const [head = '', tail] = canonical.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex');
};

const pem = (certificate: Buffer): string => {
  const lines = certificate.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
