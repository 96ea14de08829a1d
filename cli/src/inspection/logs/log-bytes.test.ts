import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LogBytes } from './log-bytes.js';

/** Cuts a log again and again, in the steps of drivers/process/cut-log.ts, for a second. */
const CUTTER = `
  const { ftruncateSync, openSync, renameSync, writeFileSync, writeSync } = require('node:fs');
  const { parentPort, workerData: file } = require('node:worker_threads');
  const content = ('x'.repeat(99) + '\\n').repeat(1000);
  const head = (bytes) => JSON.stringify({ cut: { bytes, lines: bytes / 100 } }) + '\\n';
  const log = openSync(file, 'a');
  writeSync(log, content);
  parentPort.postMessage('written');
  for (let bytes = 0, end = Date.now() + 1000; Date.now() < end; bytes += content.length) {
    writeFileSync(file + '.new', head(bytes) + content);
    renameSync(file + '.new', file + '.1');
    ftruncateSync(log);
    writeSync(log, head(bytes + content.length));
    writeSync(log, content);
  }
`;

it('a log only grows, at whatever moment of a cut it is opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(folder, 'alpha.log');
  const cutter = new Worker(CUTTER, { eval: true, workerData: file });
  let isCutting = true;
  const exit = once(cutter, 'exit').then(() => (isCutting = false));
  await once(cutter, 'message');
  const ends: number[] = [];
  for (; isCutting; await setImmediate()) {
    const log = LogBytes.open(file)!;
    ends.push(log.end);
    log.close();
  }
  await exit;
  expect(ends.at(-1)).toBeGreaterThan(1_000_000);
  expect(ends).toEqual(ends.toSorted((one, other) => one - other));
  rmSync(folder, { recursive: true });
});
