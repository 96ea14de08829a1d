import { badRequest } from './request-error.js';
import type { RequestError } from './request-error.js';

const JSON_TYPE = 'application/json';
const TYPES = [JSON_TYPE, 'application/graphql-response+json'];

/** The type of the response for clients that accept none of the types. */
export const FALLBACK_TYPE = withCharset(JSON_TYPE);

/** The media type of GraphQL over HTTP that a client prefers (RFC 9110, 12.5.1), if it accepts any. */
export function responseTypeFor(accept = JSON_TYPE): string | undefined {
  if (accept === JSON_TYPE || accept === '*/*') return FALLBACK_TYPE;
  const type = preferred(accept);
  return type && withCharset(type);
}

function withCharset(type: string): string {
  return `${type}; charset=utf-8`;
}

function preferred(accept: string): string | undefined {
  const ranges = accept.split(',').map((text) => {
    const [range, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
    return { range: range!, quality: Number(quality ?? 1) };
  });
  const accepted = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  return accepted.map(({ range }) => TYPES.find((type) => matches(type, range))).find((type) => type);
}

function matches(type: string, range: string): boolean {
  return range === type || range === '*/*' || range === 'application/*';
}

export function notAcceptable(): RequestError {
  return badRequest(`the header \`accept\` must allow ${TYPES.join(' or ')}.`, 406);
}
