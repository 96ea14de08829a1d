import type { WireHeaders } from './wire-message.js';

/**
 * The headers of a replay: a dead letter that `msx topics dlq replay` has sent to its topic again. It is meant for the one group
 * that had failed to handle the event; all other groups have handled it, and skip the replay.
 */
export const REPLAY_HEADERS = [
  'replay-group',
  /** The letter that was sent again: `topic/partition/offset` of its dead-letter topic. */
  'replay-letter',
  /** The letter of the first time the event died, and when that was. */
  'replay-first-letter',
  'replay-first-time',
  /** How often the event had died. */
  'replay-deaths',
  /** Who replayed it. */
  'replay-by',
  /** The id of the event before its value was edited. */
  'replay-edited-from',
] as const;

export type ReplayHeader = (typeof REPLAY_HEADERS)[number];

/** The longest value of a header of a replay: a name of a topic has at most 249 characters. */
export const MAX_REPLAY_BYTES = 600;

/** The group that a replay is for; undefined for any other message. */
export function replayGroupOf(headers: WireHeaders): string | undefined {
  return headers.find(([name]) => name === 'replay-group')?.[1] ?? undefined;
}

/** The headers without those of a replay, which do not count towards the limits: a message at its limit can be replayed. */
export function withoutReplayHeaders(headers: WireHeaders): WireHeaders {
  const own = new Set<string>(REPLAY_HEADERS);
  return headers.filter(([name, value]) => (value?.length ?? 0) > MAX_REPLAY_BYTES || !own.delete(name));
}
