import { parseAddress, type Address } from '../address.js';

/** Kafka's security protocols. */
export const protocols = ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'] as const;
export type SecurityProtocol = (typeof protocols)[number];

export interface ListenerOptions {
  readonly protocol: SecurityProtocol;
  /** The address to listen on (default: 127.0.0.1). */
  readonly host?: string;
  /** The port to listen on (default: 0, a free port). */
  readonly port?: number;
}

export interface SecurityOptions {
  /** Passwords by user, for PLAIN and SCRAM. */
  readonly users?: ReadonlyMap<string, string>;
  /** The mechanisms of SASL (default: PLAIN and both of SCRAM). OAUTHBEARER accepts tokens that anybody can make. */
  readonly mechanisms?: readonly string[];
  /** PEM texts. Without a certificate, one is made for development; with `ca`, clients must have a certificate of it. */
  readonly tls?: { readonly cert?: string; readonly key?: string; readonly ca?: string };
  /** Clients must reauthenticate within this time (Kafka's connections.max.reauth.ms; default: 0, never). */
  readonly maxReauthMs?: number;
}

export const usesTls = (protocol: SecurityProtocol): boolean => protocol.endsWith('ssl');
export const usesSasl = (protocol: SecurityProtocol): boolean => protocol.startsWith('sasl_');

/** Parses `sasl_ssl://127.0.0.1:9095`. For invalid text, returns the problem as the rest of a sentence. */
export const parseListener = (text: string): (ListenerOptions & Address) | string => {
  const [, scheme, rest] = /^([a-z_]+):\/\/(.*)$/i.exec(text) ?? [];
  const protocol = protocols.find((one) => one === scheme?.toLowerCase());
  if (!protocol) return `does not begin with one of: ${protocols.map((one) => `${one}://`).join(', ')}`;
  const isAnyPort = rest!.endsWith(':0');
  const address = parseAddress(isAnyPort ? `${rest!.slice(0, -1)}1` : rest!);
  if (typeof address === 'string') return address;
  return { protocol, host: address.host, port: isAnyPort ? 0 : address.port };
};
