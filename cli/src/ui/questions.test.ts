import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const msx = join(import.meta.dirname, '../../bin/run.js');
/** util-linux' script(1) runs a command on a terminal of its own. */
const terminal = spawnSync('script', ['--version']).stdout?.includes('util-linux') ? describe : describe.skip;

terminal('a person on a terminal', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'msx-asked-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is asked again what will not do, and leaves with Ctrl-C, and with nothing made', async () => {
    const command = `'${process.execPath}' '${msx}' new`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder, env: quiet });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let seen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += stripVTControlCharacters(text)));
    const dialogue = [
      ['Name of the system: ', 'class'],
      ['"class" is a word of JavaScript', ''],
      ['Name of the system: ', 'village'],
      ['Begin with (empty, shop) [empty]: ', 'e'],
      ['First service [item-service]: ', ''],
      ['singular [Item]: ', 'Gnom'],
      ['stock:int=0,active:bool]: ', 'hat:colour'],
      ['unknown type "colour"', ''],
      ['stock:int=0,active:bool]: ', 'hat:string!'],
      ['Databases (sqlite, postgres) [sqlite]: ', 'oracle'],
      ['"oracle" is none of them', ''],
      ['Databases (sqlite, postgres) [sqlite]: ', 'p'],
      ['external) [embedded]: ', 'e'],
      ['is it embedded or external?', ''],
      ['external) [embedded]: ', 'ext'],
      ['Where it is, as host:port: ', 'kafka:9092'],
      ['Make a git repository (yes, no) [yes]: ', '\x03'],
    ] as const;
    for (const [asked, answer] of dialogue) {
      await until(
        () => seen.includes(asked),
        () => `${JSON.stringify(asked)} in ${seen}`,
      );
      seen = seen.slice(seen.indexOf(asked) + asked.length);
      const isQuestion = /: $/.test(asked);
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
