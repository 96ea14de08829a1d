import type { IncomingMessage, ServerResponse } from 'node:http';

/** What resolvers and guards get of a request. */
export interface HttpContext {
  req: IncomingMessage;
  res: ServerResponse;
}
