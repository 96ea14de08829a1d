import { eventMessageOf, eventProblem } from '../topics/event-contract.js';
import { headersOf, textOf } from '../topics/topic-record.js';
import { isLetterHeader } from './letter-headers.js';
import { recordsOfLetters } from './read-letters.js';
import type { System } from '../../model/system/system.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { TopicRecord } from '../topics/topic-record.js';
import type { ChosenLetters } from './choose-letters.js';
import type { LetterState } from './read-letters.js';

/** A letter with all that its record holds. */
export interface LetterDescription extends LetterState {
  readonly stack?: string;
  /** Those of the message, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly value: string | null;
  readonly valueEncoding?: 'base64';
  /** The contract of the value, such as shop.order.v1.OrderCreated, and why the value does not match it. */
  readonly contract?: string;
  readonly problem?: string;
}

interface Context {
  readonly session: KafkaSession;
  readonly system?: System;
  readonly signal: AbortSignal;
}

/** Describes letters of one dead-letter topic, in its order. */
export async function* describeLetters(
  { session, system, signal }: Context,
  { topic, letters }: ChosenLetters,
): AsyncGenerator<LetterDescription> {
  const event = eventMessageOf(system, topic.topic);
  const states = new Map(letters.map((letter) => [letter.id, letter]));
  for await (const { record, letter } of recordsOfLetters(session, { topic, letters }, signal)) {
    const problem = event && eventProblem(event, textIn(record), { ignoreUnknownFields: true });
    yield {
      ...states.get(letter.id)!,
      ...contentOf(record),
      ...(event && { contract: event.name }),
      ...(problem !== undefined && { problem }),
    };
  }
}

function contentOf(record: TopicRecord) {
  const headers = headersOf(record);
  const stack = headers.find(([name]) => name === 'error-stack')?.[1];
  const value = textOf(record.value);
  return {
    ...(stack !== undefined && { stack }),
    headers: headers.filter(([name]) => !isLetterHeader(name)),
    value: value && value.text,
    ...(value?.isBinary && { valueEncoding: 'base64' as const }),
  };
}

const textIn = ({ value }: TopicRecord): string | null => value && String(value);
