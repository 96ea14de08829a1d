import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { MsxError } from '../errors/msx-error.js';

/** Asks a person for a text. Throws USAGE where there is nobody to ask, naming the flag that says it. */
export async function ask(question: string, flag: string): Promise<string> {
  return answerTo(question, flag, process.stdout);
}

/** The same for a password: what is typed is not shown. */
export async function askSecret(question: string, flag: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write(process.stdin.isTTY ? question : '');
  try {
    return await answerTo('', flag, nowhere);
  } finally {
    process.stderr.write(process.stdin.isTTY ? '\n' : '');
  }
}

function answerTo(question: string, flag: string, output: NodeJS.WritableStream): Promise<string> {
  if (!process.stdin.isTTY)
    throw new MsxError('USAGE', { reason: `${flag} is missing, and there is no terminal to ask on` });
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve, reject) => {
    prompt.once('SIGINT', () => {
      output.write('\n');
      reject(new MsxError('INTERRUPTED', {}));
    });
    prompt.question(question, resolve);
  }).finally(() => prompt.close()) as Promise<string>;
}
