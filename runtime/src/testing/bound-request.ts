import type { MethodDefinition } from '@grpc/grpc-js';

type Fields = Record<string, unknown>;

/**
 * A request of an RPC with one value set at a path, and defaults otherwise.
 * @param fields other top-level fields to set
 */
export function requestAt<Request>(
  { requestDeserialize }: Pick<MethodDefinition<Request, never>, 'requestDeserialize'>,
  [path, value]: readonly [path: readonly string[], value: unknown],
  fields: Partial<Request> = {},
): Request {
  const request = { ...requestDeserialize(Buffer.alloc(0)), ...fields } as Fields;
  const inner = path.slice(0, -1).reduce((at, name) => (at[name] ??= {}) as Fields, request);
  inner[path.at(-1)!] = value;
  return request as Request;
}
