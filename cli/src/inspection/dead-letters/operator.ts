import { hostname, userInfo } from 'node:os';

const MAX_LENGTH = 200;

/** Who runs the command, as `user@host`: replays and drops record it. */
export function operator(): string {
  return `${userName()}@${hostname()}`.slice(0, MAX_LENGTH);
}

/** A container may run with a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
