import { chosenLettersReport } from './chosen-letters-report.js';
import type { Ansis } from 'ansis';
import type { ReplayPlan } from '../../inspection/dead-letters/plan-replay.js';

/** How many of the letters that cannot be replayed are named. */
const MAX_REFUSALS = 20;

/** The letters that would be replayed, and why others cannot be. */
export function replayReport({ chosen, refused }: ReplayPlan, topic: string, colours: Ansis): string {
  const more = refused.length - MAX_REFUSALS;
  return [
    ...refused.slice(0, MAX_REFUSALS).map(({ message }) => colours.yellow(message)),
    ...(more > 0 ? [colours.yellow(`and ${more} more cannot be replayed`)] : []),
    chosen.length > 0
      ? chosenLettersReport(chosen, colours)
      : `no open dead letter of ${topic} can be replayed`,
  ].join('\n');
}
