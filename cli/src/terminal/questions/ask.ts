import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { MsxError } from '../errors/msx-error.js';
import { fold } from '../screen/fold.js';
import { columnsOf, hasCapabilities } from '../screen/screen.js';

/** Asks for a text. Without a terminal, throws USAGE with the flag to use instead. */
export const ask = (question: string, flag: string): Promise<string> =>
  answerTo(flag, { output: process.stdout, terminal: hasCapabilities() }, (prompt) => {
    // Only the last line is the prompt: readline redraws it on every key.
    const lines = fold(question.trimEnd(), columnsOf(process.stdout) - 1).split('\n');
    const last = lines.pop()!;
    for (const line of lines) process.stdout.write(`${line}\n`);
    prompt.setPrompt(`${last} `);
    prompt.prompt();
  });

/** Asks for a password, which is not echoed from the moment the question is shown. */
export async function askSecret(question: string, flag: string): Promise<string> {
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await answerTo(flag, { output, terminal: true }, () => process.stderr.write(question));
  } finally {
    process.stderr.write(process.stdin.isTTY ? '\n' : '');
  }
}

type Prompt = ReturnType<typeof createInterface>;
type Options = Pick<Parameters<typeof createInterface>[0], 'output' | 'terminal'>;

/** Reads one line. Ctrl-C interrupts, and so does Ctrl-D, which ends the input. */
function answerTo(flag: string, options: Options, showQuestion: (prompt: Prompt) => void): Promise<string> {
  if (!process.stdin.isTTY)
    throw new MsxError('USAGE', {
      reason: `${flag} is missing, and msx cannot ask for it because this is not a terminal`,
    });
  const prompt = createInterface({ input: process.stdin, ...options });
  let answer: string | undefined;
  prompt.once('line', (line) => {
    answer = line;
    prompt.close();
  });
  prompt.once('SIGINT', () => prompt.close());
  showQuestion(prompt);
  return new Promise((resolve, reject) => {
    prompt.once('close', () => {
      if (answer !== undefined) return resolve(answer);
      options.output!.write('\n');
      reject(new MsxError('INTERRUPTED', {}));
    });
  });
}
