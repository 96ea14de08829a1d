import { Upstream } from '../grpc/client/upstream.js';
import type { CertificateFiles } from '../tls/certificate-files.js';
import { SESSIONS, SessionsService } from './sessions-protocol.js';
import type { SessionLookup } from './sessions.js';

/** The address of the token issuer, where sessions are looked up. */
export interface SessionsAddress {
  /** `host:port`, or several, separated by commas. */
  readonly address: string;
  /** The issuer's name, for its certificate, where the address is an IP. */
  readonly name?: string;
}

/** The deadline of a lookup, which a request waits for. */
const DEADLINE_MS = 2_000;

/** Looks up sessions at the issuer. It connects at the first lookup. */
export class SessionClient {
  private upstream: Upstream<typeof SessionsService> | undefined;

  constructor(
    private readonly issuer: SessionsAddress,
    private readonly tls: CertificateFiles | undefined,
  ) {}

  readonly lookUp: SessionLookup = async (sessionId) => {
    this.upstream ??= new Upstream(SessionsService, SESSIONS, this.issuer.address, {
      ...(this.issuer.name && { name: this.issuer.name }),
      ...(this.tls && { tls: this.tls }),
    });
    return (await this.upstream.read('isOpen', { sessionId }, { deadline: DEADLINE_MS })).open;
  };

  close(): void {
    this.upstream?.close();
  }
}
