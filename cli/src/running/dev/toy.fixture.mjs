// A service that implements only the process contract. The file `behaviour` beside it, read at the start and at every
// health request, determines how it behaves: well, crash, loop, deaf, unstarted, stubborn, detaching or flooding.

import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

const { PORT, HEALTH_PORT } = process.env;
const behaviour = () => readFileSync('behaviour', 'utf8').trim();
const log = (line) => process.stdout.write(JSON.stringify({ level: 'info', ...line }) + '\n');

if (behaviour() === 'crash') {
  log({ level: 'fatal', code: 'CONFIG_INVALID', msg: 'the toy has no spring' });
  process.exit(1);
}
if (behaviour() === 'loop') throw new Error('the toy fell off the table');

process.on('SIGTERM', () => behaviour() !== 'stubborn' && process.exit(0));
if (behaviour() === 'detaching') {
  // In its own session (setsid), which signals to the group of the toy do not reach.
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  });
  child.unref();
  appendFileSync('detached', `${child.pid}\n`);
}
const servers = behaviour() === 'deaf' ? [PORT] : [PORT, HEALTH_PORT];
for (const port of servers) createServer(answer).listen(Number(port), '127.0.0.1');
if (behaviour() === 'deaf') process.on('SIGTERM', () => process.exit(0));
log({ msg: 'the toy is wound up' });
if (behaviour() === 'flooding') flood();

function answer(_, response) {
  const started = behaviour() !== 'unstarted';
  const check = started
    ? { ok: true }
    : { ok: false, reason: 'it is still on the shelf', waitingFor: 'alpha' };
  const body = { started, ready: true, degraded: !started, checks: [{ name: 'spring', ...check }] };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Writes numbered lines, 12 MB a second for some seconds, and then a line with their number. */
function flood() {
  const began = performance.now();
  let [n, bytes] = [0, 0];
  const timer = setInterval(() => {
    const seconds = (performance.now() - began) / 1_000;
    const time = new Date().toISOString();
    for (; bytes < Math.min(seconds, 5) * 12e6; n++) {
      const line = JSON.stringify({ time, n, msg: '.'.repeat(50 + (n % 7) * 60) }) + '\n';
      process.stdout.write(line);
      bytes += line.length;
    }
    if (seconds < 5) return;
    clearInterval(timer);
    log({ msg: 'the flood is over', n });
  }, 5);
}
