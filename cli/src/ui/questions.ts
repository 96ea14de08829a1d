import { MsxError } from '../errors/msx-error.js';
import { ask } from './ask.js';

/** Questions to a person; where there is none, or none are wanted, the first answer that makes sense. */
export class Questions {
  private readonly asking: boolean;

  constructor(wanted: boolean) {
    this.asking = wanted && process.stdin.isTTY === true && process.stdout.isTTY === true;
  }

  /** A text. Throws USAGE, naming the flag, when nobody is asked and there is no standard answer. */
  async text(question: string, { flag, standard }: { flag: string; standard?: string }): Promise<string> {
    if (!this.asking && standard !== undefined) return standard;
    if (!this.asking) throw new MsxError('USAGE', { reason: `${flag} is missing` });
    for (;;) {
      const answer = (await ask(`${question}${standard ? ` [${standard}]` : ''}: `, flag)).trim();
      if (answer || standard) return answer || standard!;
    }
  }

  /** One of the options, the first unless the person says otherwise; a beginning of it will do. */
  async choice<Option extends string>(question: string, options: readonly Option[]): Promise<Option> {
    const [standard] = options as readonly [Option, ...Option[]];
    if (!this.asking) return standard;
    for (;;) {
      const answer = (await ask(`${question} (${options.join(', ')}) [${standard}]: `, '')).trim();
      const meant = options.filter((option) => option.startsWith(answer.toLowerCase()));
      if (!answer) return standard;
      if (meant.length === 1) return meant[0]!;
    }
  }
}
