import type { FastifyBodyParser, FastifyInstance } from 'fastify';

/** Fastify's JSON parser, which refuses keys that change an object's prototype, with an error that names the key. */
export function jsonBody(fastify: FastifyInstance): FastifyBodyParser<Buffer> {
  const read = fastify.getDefaultJsonParser('error', 'error');
  return (request, body, done) => {
    const text = String(body);
    return read(request, text, (error, value: unknown) => done(error && explained(error, text), value));
  };
}

/** The name of a key that could pollute the prototype of an object, if there is one, at any depth. */
export function forbiddenKeyIn(json: unknown): string | undefined {
  const values = [json];
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) return '__proto__';
    const { constructor } = value;
    if (Object.hasOwn(value, 'constructor') && Object.hasOwn(Object(constructor) as object, 'prototype'))
      return 'constructor.prototype';
    for (const inner of Object.values(value)) values.push(inner);
  }
  return undefined;
}

export const forbiddenKey = (key: string): string => `the key \`${key}\` is not accepted in JSON.`;

function explained(error: Error, text: string): Error {
  try {
    const key = forbiddenKeyIn(JSON.parse(text));
    return key ? Object.assign(new Error(forbiddenKey(key)), { statusCode: 400 }) : error;
  } catch {
    return error;
  }
}
