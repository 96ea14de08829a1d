import { MsxError } from '../errors/msx-error.js';
import { ask } from './ask.js';
import { coloursOf } from '../screen/colours.js';

export interface TextQuestion {
  /** The flag or argument that answers the question in advance. */
  readonly flag: string;
  readonly defaultAnswer?: string;
  /** Throws MsxError for an invalid answer; its message is shown, and the question is asked again. */
  readonly check?: (answer: string) => unknown;
}

/** Asks the user; without a terminal, or if not `enabled`, uses the default answers. */
export class Questions {
  private readonly interactive: boolean;

  constructor(enabled: boolean) {
    this.interactive = enabled && process.stdin.isTTY === true && process.stdout.isTTY === true;
  }

  /** Asks for a text. Throws USAGE with the flag if it cannot ask and there is no default answer. */
  async text(question: string, { flag, defaultAnswer, check }: TextQuestion): Promise<string> {
    if (!this.interactive && defaultAnswer !== undefined) return defaultAnswer;
    if (!this.interactive) throw new MsxError('USAGE', { reason: `${flag} is missing` });
    for (;;) {
      const answer = await this.#answer(question, defaultAnswer);
      const problem = answer && problemOf(answer, check);
      if (answer && problem === undefined) return answer;
      if (problem) this.#refuse(problem);
    }
  }

  /** Asks for one of the options (default: the first). A unique prefix is enough. */
  async choice<Option extends string>(question: string, options: readonly Option[]): Promise<Option> {
    const [defaultAnswer] = options as readonly [Option, ...Option[]];
    if (!this.interactive) return defaultAnswer;
    for (;;) {
      const answer = await this.#answer(`${question} (${options.join(', ')})`, defaultAnswer);
      const matches = options.filter((option) => option.startsWith(answer.toLowerCase()));
      if (matches.length === 1) return matches[0]!;
      this.#refuse(
        matches.length > 1
          ? `"${answer}" is ambiguous: ${matches.join(' or ')}`
          : `"${answer}" is not one of ${options.join(', ')}`,
      );
    }
  }

  /** Asks yes or no (default: yes). */
  async yes(question: string): Promise<boolean> {
    return (await this.choice(question, ['yes', 'no'])) === 'yes';
  }

  async #answer(question: string, defaultAnswer = ''): Promise<string> {
    return (await ask(`${question}${defaultAnswer && ` [${defaultAnswer}]`}: `, '')).trim() || defaultAnswer;
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
