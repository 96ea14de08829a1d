import { Hangup, type Peer } from '../apis/handler.js';
import type { Log } from '../log-line.js';
import { apiNameOf } from './api-name.js';
import type { RequestHeader } from './header.js';

/** With more different refusals than this, the earliest are forgotten, and logged when they occur again. */
const MAX_REMEMBERED = 1000;

/** Logs requests that are refused because the broker lacks what they ask for: once for each client and request. */
export class Unserved {
  private readonly known = new Set<string>();

  constructor(private readonly log: Log) {}

  /** The end of a connection whose request cannot be answered at all. */
  hangup(header: RequestHeader, peer: Peer): Hangup {
    const reason = `${apiNameOf(header.apiKey)} version ${header.apiVersion} is not served`;
    this.report(reason, header, peer);
    return new Hangup(reason, true);
  }

  report(reason: string, { clientId, apiKey, apiVersion }: RequestHeader, peer: Peer): void {
    const client = { client: peer.host, clientId, software: peer.software };
    const key = JSON.stringify([clientId, peer.software, apiKey, apiVersion]);
    if (this.known.has(key)) return;
    if (this.known.size >= MAX_REMEMBERED) this.known.delete([...this.known][0]!);
    this.known.add(key);
    this.log('warn', 'request refused', {
      api: apiNameOf(apiKey),
      version: apiVersion,
      ...client,
      err: reason,
    });
  }
}
