import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { narrowAndPlain, unnamed, usual } from './conditions.fixture.js';
import { faultsOf } from './faults.fixture.js';
import { Terminal } from './terminal.fixture.js';

const cwd = import.meta.dirname;

describe('a fault at a terminal', () => {
  let terminal: Terminal;
  beforeAll(async () => {
    terminal = await Terminal.open({ cwd, columns: 40, rows: 20 });
  });
  afterAll(() => terminal?.close());

  it.each([
    ['true', []],
    ["printf '\\033[31mred\\033[0m\\n'", []],
    ['false', ['exited with 1, not with 0']],
    ["printf 'no end'", ['no new line before the prompt']],
    ["printf '\\033[?25l'", ['the cursor stays hidden']],
    ["printf '\\033[?25h\\033[1m'", ['colours run on into the prompt']],
    ["printf '\\033[0m\\033[?2004h'", ['left on: bracketed paste']],
    ["printf '\\033[?2004l'", []],
    ['echo "    at run (file:///msx.js:1:2)"', [expect.stringContaining('a stack frame')]],
    ['echo "port undefined"', [expect.stringContaining('not meant for people')]],
    [
      `echo 'a line of many words that is ${'very '.repeat(9)}long'`,
      [expect.stringContaining('longer than')],
    ],
    [`echo ${'long'.repeat(20)}`, []],
  ])('is found after %s', async (line, faults) => {
    expect(faultsOf(await terminal.run(line), usual, { exit: 0 })).toEqual(faults);
  });

  it('is any colour or cursor movement that the terminal does not support', async () => {
    const red = await terminal.run("printf '\\033[31mred\\033[0m\\n'");
    expect(faultsOf(red, narrowAndPlain, { exit: 0 })).toEqual([expect.stringContaining('colours: ')]);
    const back = await terminal.run("printf 'one\\rtwo\\n'");
    expect(faultsOf(back, narrowAndPlain, { exit: 0 })).toEqual([]);
    expect(faultsOf(back, unnamed, { exit: 0 })).toEqual(['moves the cursor']);
  });

  it('is a terminal that no longer echoes input', async () => {
    expect(faultsOf(await terminal.run('stty -echo'), usual, { exit: 0 })).toEqual(['stty says -echo']);
  });
});
