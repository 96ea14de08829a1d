export interface BrokerFailure {
  readonly reason: string;
  readonly code?: string;
}

/** The last line of a broker that cannot start has the level `fatal`, a message for people and a code. */
export function failureIn(line: string): BrokerFailure | undefined {
  if (!line.startsWith('{"level":"fatal"')) return undefined;
  const { msg: reason, code } = JSON.parse(line) as { msg: string; code?: string };
  return { reason, ...(code !== undefined && { code }) };
}

/** How a broker ended that logged no reason. */
export const endText = (status: number | null, killedBy: NodeJS.Signals | null): string =>
  killedBy ? `it was killed by ${killedBy}` : `it exited with status ${status}`;
