import { status } from '@grpc/grpc-js';
import type { sendUnaryData, Server, ServerUnaryCall } from '@grpc/grpc-js';
import { SessionsService } from './sessions-protocol.js';
import type { IsOpenRequest, IsOpenResponse } from './sessions-protocol.js';
import type { SessionLookup } from './sessions.js';

/** Serves session lookups to other services. */
export function addSessionService(server: Server, lookup: SessionLookup): void {
  server.addService(SessionsService, {
    isOpen: (
      { request }: ServerUnaryCall<IsOpenRequest, IsOpenResponse>,
      reply: sendUnaryData<IsOpenResponse>,
    ) => {
      lookup(request.sessionId).then(
        (open) => reply(null, { open }),
        () => reply({ code: status.UNAVAILABLE, details: 'the sessions cannot be read' }),
      );
    },
  });
}
