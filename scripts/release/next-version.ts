const KINDS = ['major', 'minor', 'patch'] as const;

/**
 * The version after the current one. `request` is a version, or the part to increment. Throws Error for anything else, and
 * for a version that is not newer.
 */
export function nextVersion(current: string, request: string): string {
  const parts = partsOf(current)!;
  const kind = KINDS.findIndex((each) => each === request);
  if (kind >= 0) return parts.map((part, n) => (n < kind ? part : n === kind ? part + 1 : 0)).join('.');
  const requested = partsOf(request);
  if (!requested) throw new Error(`${request} is neither a version such as 1.2.3 nor ${KINDS.join(', ')}`);
  const first = requested.findIndex((part, n) => part !== parts[n]);
  if (first < 0 || requested[first]! < parts[first]!)
    throw new Error(`${request} is not newer than ${current}`);
  return request;
}

const partsOf = (version: string): number[] | undefined =>
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version)?.slice(1).map(Number);
