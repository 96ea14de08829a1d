import { MsxError } from '../errors/msx-error.js';
import { ask } from './ask.js';
import { coloursOf } from './colours.js';

export interface TextQuestion {
  /** What says it without being asked. */
  readonly flag: string;
  readonly standard?: string;
  /** Throws MsxError for an answer that will not do: it is said, and asked again. */
  readonly check?: (answer: string) => unknown;
}

/** Questions to a person; where there is none, or none are wanted, the first answer that makes sense. */
export class Questions {
  private readonly asking: boolean;

  constructor(wanted: boolean) {
    this.asking = wanted && process.stdin.isTTY === true && process.stdout.isTTY === true;
  }

  /** A text. Throws USAGE, naming the flag, when nobody is asked and there is no standard answer. */
  async text(question: string, { flag, standard, check }: TextQuestion): Promise<string> {
    if (!this.asking && standard !== undefined) return standard;
    if (!this.asking) throw new MsxError('USAGE', { reason: `${flag} is missing` });
    for (;;) {
      const answer = await this.#answer(question, standard);
      const problem = answer && problemOf(answer, check);
      if (answer && problem === undefined) return answer;
      if (problem) this.#refuse(problem);
    }
  }

  /** One of the options, the first unless the person says otherwise; a beginning of it will do. */
  async choice<Option extends string>(question: string, options: readonly Option[]): Promise<Option> {
    const [standard] = options as readonly [Option, ...Option[]];
    if (!this.asking) return standard;
    for (;;) {
      const answer = await this.#answer(`${question} (${options.join(', ')})`, standard);
      const meant = options.filter((option) => option.startsWith(answer.toLowerCase()));
      if (meant.length === 1) return meant[0]!;
      this.#refuse(meant.length > 1 ? `is it ${meant.join(' or ')}?` : `"${answer}" is none of them`);
    }
  }

  /** Yes, unless the person says otherwise. */
  async yes(question: string): Promise<boolean> {
    return (await this.choice(question, ['yes', 'no'])) === 'yes';
  }

  async #answer(question: string, standard = ''): Promise<string> {
    return (await ask(`${question}${standard && ` [${standard}]`}: `, '')).trim() || standard;
  }

  #refuse(reason: string): void {
    process.stdout.write(`${coloursOf(process.stdout).red(reason)}\n`);
  }
}

function problemOf(answer: string, check: TextQuestion['check']): string | undefined {
  try {
    check?.(answer);
    return undefined;
  } catch (error) {
    if (error instanceof MsxError) return error.message;
    throw error;
  }
}
