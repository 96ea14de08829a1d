import { chooseLetters } from './choose-letters.js';
import { editedValue } from './edited-value.js';
import { countOf } from './letter-count.js';
import { planReplay } from './plan-replay.js';
import type { System } from '../../model/system/system.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { LetterChoice } from './choose-letters.js';
import type { ReplayPlan } from './plan-replay.js';

interface Target {
  readonly session: KafkaSession;
  readonly system?: System;
}

interface PrepareOptions {
  /** The file with the value to publish instead of that of the letter. */
  readonly edit?: string | undefined;
  readonly signal: AbortSignal;
}

export interface PreparedReplay extends ReplayPlan {
  readonly value?: string;
}

/** Finds letters and checks all that a replay needs. Throws why nothing can be replayed, or not a letter that is named. */
export async function prepareReplay(
  target: Target,
  choice: LetterChoice,
  { edit, signal }: PrepareOptions,
): Promise<PreparedReplay> {
  const chosen = await chooseLetters(target.session, choice, signal);
  const plan = await planReplay(target, chosen, { edited: edit !== undefined });
  const [refusal] = plan.refused;
  if (refusal && (choice.ids.length > 0 || countOf(plan.chosen) === 0)) throw refusal;
  return edit === undefined ? plan : { ...plan, value: editedValue(edit, chosen, target.system) };
}
