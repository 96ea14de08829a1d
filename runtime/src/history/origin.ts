import { currentRequest } from '../requests/request-context.js';
import type { Origin } from './stored-event.js';

const MAX_LENGTH = 255;

/** What the current request or event is, as the origin of what is recorded now. */
export function currentOrigin(): Origin {
  const request = currentRequest();
  const causationId = storable(request?.requestId);
  return {
    actor: storable(request?.identity?.principal.id),
    traceId: request?.trace.traceId ?? null,
    causationId,
    correlationId: causationId,
  };
}

/** Clients and other producers choose their ids as they like; PostgreSQL has no text with a NUL. */
const storable = (id: string | undefined): string | null =>
  id?.replaceAll('\0', '').slice(0, MAX_LENGTH) || null;
