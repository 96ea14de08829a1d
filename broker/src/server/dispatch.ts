import { apiVersions } from '../apis/18-api-versions.js';
import type { Broker } from '../broker.js';
import { unsupportedVersion } from '../apis/18-api-versions.handler.js';
import type { Peer, Served } from '../apis/handler.js';
import { registry } from '../apis/registry.js';
import { ErrorCode } from '../wire/error-code.js';
import { Reader } from '../wire/reader.js';
import type { FrameHandler } from './connection.js';
import { readBody, readHeader, writeAnyResponse, writeResponse } from './header.js';
import { Unserved } from './unserved.js';

const byKey = new Map<number, Served>(registry.map((served) => [served.api.key, served]));

/** Decodes a request, passes it to the handler in the registry, and encodes the response. */
export const dispatcher = (broker: Broker): FrameHandler => {
  const unserved = new Unserved(broker.log);
  const answer: FrameHandler['answer'] = async (frame, peer) => {
    const reader = new Reader(frame);
    const header = readHeader(reader);
    const { apiKey, apiVersion: version } = header;
    const served = byKey.get(apiKey);
    const [first, last] = served?.api.versions ?? [0, -1];
    if (version < first || version > last) {
      if (apiKey !== apiVersions.key) throw unserved.hangup(header, peer);
      return writeResponse(apiVersions, { ...header, apiVersion: 0 }, unsupportedVersion);
    }
    const request = readBody(served!.api, version, reader);
    if (apiKey === apiVersions.key) introduce(peer, request as Introduction);
    const clientId = header.clientId ?? '';
    const afterwards: (() => void)[] = [];
    try {
      const response = await served!.answer(request, { ...peer, broker, version, clientId, afterwards });
      if (isUnsupported(response)) unserved.report('the request is not supported', header, peer);
      return response && (await writeAnyResponse(served!.api, header, response));
    } finally {
      for (const end of afterwards) end();
    }
  };
  return { answer, maxFrame: broker.resources.numberOf('socket.request.max.bytes') };
};

interface Introduction {
  readonly clientSoftwareName: string;
  readonly clientSoftwareVersion: string;
}

const introduce = (
  peer: Peer,
  { clientSoftwareName: name, clientSoftwareVersion: version }: Introduction,
) => {
  if (name !== '') peer.software = `${name} ${version}`.slice(0, 100);
};

const isUnsupported = (response: object | undefined): boolean =>
  (response as { errorCode?: number } | undefined)?.errorCode === ErrorCode.UNSUPPORTED_VERSION;
