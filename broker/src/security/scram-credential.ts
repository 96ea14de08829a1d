import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** The SCRAM mechanisms, with the numbers that AlterUserScramCredentials gives them (KIP-554). */
export const scramMechanisms = [
  { name: 'SCRAM-SHA-256', id: 1, hash: 'sha256', bytes: 32 },
  { name: 'SCRAM-SHA-512', id: 2, hash: 'sha512', bytes: 64 },
] as const;

export type ScramMechanism = (typeof scramMechanisms)[number];

export const MIN_ITERATIONS = 4096;
export const MAX_ITERATIONS = 16_384;

/** What a server keeps instead of the password (RFC 5802), in base64: neither password nor client key follow from it. */
export type ScramCredential = {
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
  readonly iterations: number;
};

export const hmac = (hash: string, key: Buffer, text: string): Buffer =>
  createHmac(hash, key).update(text).digest();
export const digest = (hash: string, bytes: Buffer): Buffer => createHash(hash).update(bytes).digest();

/** The credential of a password that the client has salted (Hi() of RFC 5802). */
export const credentialOfSalted = (
  { hash }: ScramMechanism,
  saltedPassword: Buffer,
  { salt, iterations }: { salt: Buffer; iterations: number },
): ScramCredential => ({
  salt: salt.toString('base64'),
  storedKey: digest(hash, hmac(hash, saltedPassword, 'Client Key')).toString('base64'),
  serverKey: hmac(hash, saltedPassword, 'Server Key').toString('base64'),
  iterations,
});

/** The credential of a password; the salt and iterations of `like` make two credentials comparable. */
export const credentialOf = (
  mechanism: ScramMechanism,
  password: string,
  like?: ScramCredential,
): ScramCredential => {
  const salt = like ? Buffer.from(like.salt, 'base64') : randomBytes(24);
  const iterations = like?.iterations ?? MIN_ITERATIONS;
  const { hash, bytes } = mechanism;
  return credentialOfSalted(mechanism, pbkdf2Sync(password, salt, iterations, bytes, hash), {
    salt,
    iterations,
  });
};
