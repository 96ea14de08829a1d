import { apiVersions } from '../apis/18-api-versions.js';
import type { Broker } from '../broker.js';
import { answerUnknownVersion } from '../apis/18-api-versions.handler.js';
import { Hangup, type Served } from '../apis/handler.js';
import { registry } from '../apis/registry.js';
import { Reader } from '../wire/reader.js';
import type { FrameHandler } from './connection.js';
import { readBody, readHeader, writeResponse } from './header.js';

const byKey = new Map<number, Served>(registry.map((served) => [served.api.key, served]));

/** Decodes a request, passes it to the handler in the registry, and encodes the response. */
export const dispatcher =
  (broker: Broker): FrameHandler =>
  async (frame, peer) => {
    const reader = new Reader(frame);
    const header = readHeader(reader);
    const { apiKey, apiVersion: version } = header;
    const served = byKey.get(apiKey);
    const [first, last] = served?.api.versions ?? [0, -1];
    if (version < first || version > last) {
      if (apiKey !== apiVersions.key) throw new Hangup(`API ${apiKey} version ${version} is not served`);
      return writeResponse(apiVersions, { ...header, apiVersion: 0 }, answerUnknownVersion(registry));
    }
    const request = readBody(served!.api, version, reader);
    const clientId = header.clientId ?? '';
    const response = await served!.answer(request, { broker, version, clientId, ...peer });
    return response && writeResponse(served!.api, header, response);
  };
