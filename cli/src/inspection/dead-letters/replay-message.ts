import { randomUUID } from 'node:crypto';
import { timeText } from '../topics/topic-record.js';
import { placeText } from './dead-letter.js';
import { isLetterHeader } from './letter-headers.js';
import type { IHeaders, Message } from 'kafkajs';
import type { TopicRecord } from '../topics/topic-record.js';
import type { DeadLetter } from './dead-letter.js';

export interface ReplayOptions {
  /** Who replays it. */
  readonly by: string;
  /** The value that replaces that of the letter. */
  readonly value?: string;
}

/** A message to be published again, and the id of its event. */
export interface ReplayMessage {
  readonly message: Message;
  readonly eventId: string;
  /** The id of the event before its value was edited. */
  readonly editedFrom?: string;
}

/**
 * The message of a letter again, for the group that failed. It keeps the id of its event, so that the handlers that have handled
 * the event drop it as a duplicate; with an edited value it is another event, which has an id of its own.
 */
export function replayMessage(
  record: TopicRecord,
  letter: DeadLetter,
  { by, value }: ReplayOptions,
): ReplayMessage {
  const oldId = letter.eventId ?? placeText(letter.original!);
  const editedFrom = value === undefined ? letter.editedFrom : oldId;
  const eventId = value === undefined ? oldId : randomUUID();
  const first = letter.firstLetter ?? placeText(letter.place);
  const headers: IHeaders = {
    ...ownHeaders(record),
    ce_id: eventId,
    'replay-group': letter.group,
    'replay-letter': placeText(letter.place),
    'replay-first-letter': first,
    'replay-first-time': letter.firstDiedAt ?? timeText(letter.diedAt),
    'replay-deaths': String(letter.deaths),
    'replay-by': by,
    ...(editedFrom !== undefined && { 'replay-edited-from': editedFrom }),
  };
  const message = { key: record.key, value: value ?? record.value, headers };
  return { message, eventId, ...(value !== undefined && { editedFrom: oldId }) };
}

/** kafkajs cannot send a header without a value. */
const ownHeaders = ({ headers }: TopicRecord): IHeaders =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !isLetterHeader(name))
      .map(([name, value]) => [name, value ?? '']),
  );
