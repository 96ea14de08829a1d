import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { MsxError } from '../errors/msx-error.js';
import { sinceFlag } from './duration-flag.js';
import type { LetterChoice } from '../../inspection/dead-letters/choose-letters.js';

/** The arguments of the commands for dead letters. */
export const letterArgs = {
  topic: Args.string({
    required: true,
    description: 'topic of the messages, or a dead-letter topic',
    ignoreStdin: true,
  }),
  id: Args.string({
    multiple: true,
    description: 'letters, by PARTITION:OFFSET or event id',
    ignoreStdin: true,
  }),
};

export const letterGroupFlag = Flags.string({
  char: 'g',
  helpValue: 'GROUP',
  description: 'only letters of this consumer group',
});

/** The flags that select letters; only open ones, which nobody has replayed or dropped. */
export const letterFlags = {
  group: letterGroupFlag,
  key: Flags.string({ char: 'k', helpValue: 'KEY', description: 'only letters with this key' }),
  since: sinceFlag({ description: 'only letters that died since then: 10m, 2h or an ISO 8601 time' }),
  error: Flags.string({
    helpValue: 'TEXT',
    description: 'only letters with this error code, or with this text in the error message',
  }),
};

interface Parsed {
  readonly args: { readonly topic: string; readonly id?: readonly string[] | undefined };
  readonly flags: {
    readonly group?: string | undefined;
    readonly key?: string | undefined;
    readonly since?: number | undefined;
    readonly error?: string | undefined;
  };
}

/** The letters that a command line means. */
export const letterChoiceOf = ({ args, flags: { group, key, since, error } }: Parsed): LetterChoice => ({
  ...{ topic: args.topic, ids: args.id ?? [] },
  ...{ group, key, since, error },
});

export const allFlag = Flags.boolean({ description: 'all open letters of the topic' });

/** The letters that a command changes: it takes none by accident. Throws USAGE. */
export function lettersToChange(
  parsed: Parsed & { readonly flags: { readonly all: boolean } },
): LetterChoice {
  const choice = letterChoiceOf(parsed);
  checkSelected(choice, parsed.flags.all);
  return choice;
}

function checkSelected({ ids, key, since, error }: LetterChoice, all: boolean): void {
  const conditions = [key, since, error].filter((each) => each !== undefined).length;
  if (ids.length > 0 && (all || conditions > 0))
    throw new MsxError('USAGE', { reason: 'pass either ids or conditions, not both' });
  if (ids.length + conditions === 0 && !all)
    throw new MsxError('USAGE', { reason: 'name the letters, or pass --key, --since, --error or --all' });
}
