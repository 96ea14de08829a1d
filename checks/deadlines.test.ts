import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';

/** The messages of `npm run lint` for a line of the CLI. */
function lint(line: string): string[] {
  const args = [
    'node_modules/eslint/bin/eslint.js',
    '--stdin',
    '--stdin-filename',
    'cli/src/code/build/x.ts',
  ];
  const printed = run([...args, '--format', 'json'], `${line}\n`);
  const [{ messages }] = JSON.parse(printed) as [{ messages: { ruleId: string; message: string }[] }];
  return messages.filter(({ ruleId }) => ruleId === 'no-restricted-syntax').map(({ message }) => message);
}

function run(args: string[], input: string): string {
  try {
    return execFileSync(process.execPath, args, {
      cwd: join(import.meta.dirname, '..'),
      input,
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('a wait for another process', () => {
  it('is an error without a deadline', () => {
    const lines = [
      "await execa('npm', ['ci'], { reject: false });",
      "execFileSync('ps', ['-A']);",
      "await promisify(execFile)('ps', ['-A'], { env });",
      'await fetch(url, { method });',
      'request({ socketPath, path }, resolve);',
      'connect({ port, host });',
      "spawn('tsc', [], { stdio });",
    ];
    expect(lint(lines.join('\n'))).toHaveLength(lines.length);
  });

  it('is allowed with one', () => {
    const lines = [
      "await execa('npm', ['ci'], { reject: false, timeout: 1_000 });",
      "await promisify(execFile)('ps', ['-A'], { env, timeout: 1_000 });",
      'await fetch(url, { signal: AbortSignal.timeout(1_000) });',
      'connect({ port, host, timeout: 1_000 });',
    ];
    expect(lint(lines.join('\n'))).toEqual([]);
  });
});
