import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** Who the certificate of a client says it is, as Kafka's principals have it: `CN=app,O=Example`; undefined without. */
export const peerSubject = (socket: Socket): string | undefined => {
  const { authorized, getPeerCertificate } = socket as Partial<TLSSocket>;
  if (!authorized || !getPeerCertificate) return undefined;
  const { subject } = (socket as TLSSocket).getPeerCertificate();
  return subject && distinguishedName(subject);
};

/** RFC 2253: the last part comes first. */
export const distinguishedName = (subject: object): string =>
  Object.entries(subject as Record<string, string | string[]>)
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}=${escaped(value)}`))
    .reverse()
    .join();

const escaped = (value: string): string =>
  value.replace(/[,+"\\<>;]/g, String.raw`\$&`).replace(/^[ #]| $/g, String.raw`\$&`);
