import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { forbiddenKey, forbiddenKeyIn } from '../../http/json-body.js';
import { badRequest, codedError, RequestError } from './request-error.js';

/** An operation as a client requests it. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Content types that a page of another site can send without a preflight request (Fetch standard, CORS-safelisted). */
const FORGEABLE_TYPES = new Set([
  undefined,
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/** Headers that require a preflight request. */
const PREFLIGHTED_HEADERS = ['x-apollo-operation-name', 'apollo-require-preflight'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a POST or GET request according to GraphQL over HTTP.
 * @throws RequestError
 */
export function readRequest({ method, headers, body, query }: FastifyRequest): GraphqlRequest {
  const type = headers['content-type']?.split(';', 1)[0]!.trim().toLowerCase();
  if (FORGEABLE_TYPES.has(type) && !PREFLIGHTED_HEADERS.some((name) => headers[name]))
    throw badRequest(
      `this request could be forged by a page of another site: send the content type application/json, or one of the headers ${PREFLIGHTED_HEADERS.join(', ')}.`,
    );
  if (method === 'POST') return operationIn(bodyOf(body));
  if (method !== 'GET') throw badRequest('only GET and POST are supported.', 405, { allow: 'GET, POST' });
  if (type !== undefined && type !== 'application/json')
    throw badRequest('the content type of GET requests must be application/json.', 415);
  return operationIn(parametersOf(query as Fields));
}

function bodyOf(body: unknown): Fields {
  if (Array.isArray(body)) throw badRequest('batches of operations are not supported.');
  if (!isRecord(body)) throw badRequest('the body must be a JSON object with a `query`.');
  return body;
}

/** Values that are JSON in a body are JSON strings in a URL. */
function parametersOf(parameters: Fields): Fields {
  const parsed = ['variables', 'extensions'].map((name) => [name, jsonOf(name, parameters[name])]);
  return { ...parameters, ...Object.fromEntries(parsed) };
}

function jsonOf(name: string, text: unknown): unknown {
  if (text === undefined) return undefined;
  const value = parsed(name, String(text));
  const key = forbiddenKeyIn(value);
  if (key) throw badRequest(forbiddenKey(key));
  return value;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`the parameter \`${name}\` must be JSON.`);
  }
}

function operationIn({ query, operationName, variables, extensions }: Fields): GraphqlRequest {
  if (isRecord(extensions) && extensions.persistedQuery) throw persistedQueryNotSupported();
  if (typeof query !== 'string' || !query) throw badRequest('`query` must be a non-empty string.');
  if (!isMissing(operationName) && typeof operationName !== 'string')
    throw badRequest('`operationName` must be a string.');
  if (!isMissing(variables) && !isRecord(variables)) throw badRequest('`variables` must be an object.');
  if (!isMissing(extensions) && !isRecord(extensions)) throw badRequest('`extensions` must be an object.');
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

/** The message after which clients send the whole query. */
function persistedQueryNotSupported(): RequestError {
  const error = new GraphQLError('PersistedQueryNotSupported');
  return new RequestError([codedError('PERSISTED_QUERY_NOT_SUPPORTED', error)], 200);
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
