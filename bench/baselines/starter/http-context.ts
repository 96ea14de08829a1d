import type { IncomingMessage, ServerResponse } from 'node:http';

/** The context of a request for resolvers and guards. */
export interface HttpContext {
  req: IncomingMessage;
  res: ServerResponse;
}
