import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describeWhere } from '../../../../checks/skipping.fixture.js';

const msx = join(import.meta.dirname, '../../../bin/run.js');
/** script(1) of util-linux runs a command in a terminal of its own. */
const terminal = describeWhere(
  spawnSync('script', ['--version']).stdout?.includes('util-linux'),
  'script of util-linux is not installed',
);

terminal('a user at a terminal', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'msx-asked-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is asked again after an invalid answer, and Ctrl-C leaves nothing behind', async () => {
    const command = `'${process.execPath}' '${msx}' new`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, env: quiet });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += stripVTControlCharacters(text)));
    const dialogue = [
      ['Name of the system: ', 'class'],
      ['"class" is a reserved word in JavaScript', ''],
      ['Name of the system: ', 'village'],
      ['Template (empty, shop) [empty]: ', 'e'],
      ['First service [item-service]: ', ''],
      ['singular [Item]: ', 'Gnom'],
      ['stock:int=0,active:bool]: ', 'hat:colour'],
      ['unknown type "colour"', ''],
      ['stock:int=0,active:bool]: ', 'hat:string!'],
      ['Database (sqlite, postgres) [sqlite]: ', 'oracle'],
      ['"oracle" is not one of sqlite, postgres', ''],
      ['Database (sqlite, postgres) [sqlite]: ', 'p'],
      ['external) [embedded]: ', 'e'],
      ['"e" is ambiguous: embedded or external', ''],
      ['external) [embedded]: ', 'ext'],
      ['Broker address, as host:port: ', 'kafka:9092'],
      ['Create a git repository (yes, no) [yes]: ', '\x03'],
    ] as const;
    for (const [prompt, answer] of dialogue) {
      await until(
        () => seen.includes(prompt),
        () => `${JSON.stringify(prompt)} in ${seen}`,
      );
      seen = seen.slice(seen.indexOf(prompt) + prompt.length);
      const isQuestion = /: $/.test(prompt);
      if (isQuestion) child.stdin.write(answer === '\x03' ? answer : `${answer}\r`);
    }
    expect(await ended).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});

const quiet = { ...process.env, NO_COLOR: '1', TERM: 'dumb', NODE_OPTIONS: '', COLUMNS: '300' };

async function until(holds: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never saw ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
