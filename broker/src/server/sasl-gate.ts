import { randomBytes } from 'node:crypto';
import { saslHandshake } from '../apis/17-sasl-handshake.js';
import { isValidSoftware } from '../apis/18-api-versions.handler.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { saslAuthenticate } from '../apis/36-sasl-authenticate.js';
import { Hangup, type Peer } from '../apis/handler.js';
import { registry } from '../apis/registry.js';
import type { SaslAnswer, SaslEvent, SaslState } from '../security/sasl-state.js';
import { initialState, step, type SaslPolicy } from '../security/sasl-step.js';
import type { Api, RequestOf } from '../wire/api.js';
import { Reader } from '../wire/reader.js';
import { apiNameOf } from './api-name.js';
import type { FrameHandler } from './connection.js';
import { readBody, readHeader, writeResponse, type RequestHeader } from './header.js';
import { Refusal } from './refusal.js';

/** The largest frame before a client has authenticated (Kafka's sasl.server.max.receive.size). */
const MAX_RECEIVE_BYTES = 524_288;

/** What a frame asks of SASL, and the header that its response repeats. */
interface Received {
  readonly event: SaslEvent;
  readonly header?: RequestHeader;
}

/** Lets only the requests of authenticated clients through to the APIs; one for each connection. */
export class SaslGate implements FrameHandler {
  private state: SaslState = initialState;

  constructor(
    private readonly policy: SaslPolicy,
    private readonly served: FrameHandler,
    private readonly now: () => number,
  ) {}

  get maxFrame(): number {
    return this.state.phase === 'authenticated' ? this.served.maxFrame : MAX_RECEIVE_BYTES;
  }

  async answer(frame: Buffer, peer: Peer): Promise<Buffer[] | undefined> {
    if (this.state.phase === 'authenticated' && this.state.expires === undefined)
      return this.served.answer(frame, peer);
    const { event, header } = receive(frame, this.state);
    const input = {
      now: this.now(),
      monotonic: performance.now(),
      nonce: randomBytes(24).toString('base64url'),
    };
    const { state, answer } = step(this.policy, this.state, { event, input });
    this.state = state;
    if (state.phase === 'authenticated') peer.user = state.identity.user;
    if (answer?.kind === 'pass') return this.served.answer(frame, peer);
    const response = answer && encode(answer, header);
    if (state.phase === 'refused') throw new Refusal(state.reason, response);
    return response;
  }
}

const receive = (frame: Buffer, state: SaslState): Received => {
  if (state.phase === 'exchange' && state.framing === 'raw')
    return { event: { kind: 'raw-token', token: frame } };
  const reader = new Reader(frame);
  const header = readHeader(reader);
  return { event: eventOf(header, reader), header };
};

const eventOf = (header: RequestHeader, reader: Reader): SaslEvent => {
  const { apiKey } = header;
  if (apiKey === apiVersions.key) return { kind: 'versions', isValid: isUsable(header, reader) };
  if (apiKey === saslHandshake.key) {
    const { mechanism } = bodyOf(saslHandshake as unknown as Api, header, reader) as { mechanism: string };
    return { kind: 'handshake', version: header.apiVersion, mechanism };
  }
  if (apiKey === saslAuthenticate.key) {
    const { authBytes } = bodyOf(saslAuthenticate as unknown as Api, header, reader) as { authBytes: Buffer };
    return { kind: 'authenticate', token: authBytes };
  }
  return { kind: 'other', name: apiNameOf(apiKey) };
};

/** Whether the request for the versions gets them, not an error. */
const isUsable = ({ apiVersion: version }: RequestHeader, reader: Reader): boolean => {
  if (version < apiVersions.versions[0] || version > apiVersions.versions[1]) return false;
  return isValidSoftware(readBody(apiVersions, version, reader) as RequestOf<typeof apiVersions>, version);
};

/** The body, in a version that is served. */
const bodyOf = (api: Api, { apiVersion }: RequestHeader, reader: Reader): unknown => {
  const [first, last] = api.versions;
  if (apiVersion < first || apiVersion > last)
    throw new Hangup(`Version ${apiVersion} is not supported for ${api.name}`);
  return readBody(api, apiVersion, reader);
};

const encode = (answer: SaslAnswer, header: RequestHeader | undefined): Buffer[] | undefined => {
  if (answer.kind === 'raw-token') {
    const length = Buffer.alloc(4);
    length.writeInt32BE(answer.token.length);
    return [length, answer.token];
  }
  if (answer.kind === 'error') {
    const served = registry.find(({ api }) => api.key === header!.apiKey);
    return served && writeResponse(served.api, header!, answer);
  }
  const api = answer.kind === 'handshake' ? saslHandshake : saslAuthenticate;
  return writeResponse(api as unknown as Api, header!, answer);
};
