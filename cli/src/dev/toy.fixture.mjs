// A service that is nothing but its side of the process contract. The file `behaviour` beside it, read at its
// start and at every health request, says how it behaves: well, crash, loop, deaf, unstarted or stubborn.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { PORT, HEALTH_PORT } = process.env;
const behaviour = () => readFileSync('behaviour', 'utf8').trim();
const log = (line) => process.stdout.write(JSON.stringify({ level: 'info', ...line }) + '\n');

if (behaviour() === 'crash') {
  log({ level: 'fatal', code: 'CONFIG_INVALID', msg: 'the toy has no spring' });
  process.exit(1);
}
if (behaviour() === 'loop') throw new Error('the toy fell off the table');

process.on('SIGTERM', () => behaviour() !== 'stubborn' && process.exit(0));
const servers = behaviour() === 'deaf' ? [PORT] : [PORT, HEALTH_PORT];
for (const port of servers) createServer(answer).listen(Number(port), '127.0.0.1');
if (behaviour() === 'deaf') process.on('SIGTERM', () => process.exit(0));
log({ msg: 'the toy is wound up' });

function answer(_, response) {
  const started = behaviour() !== 'unstarted';
  const check = started
    ? { ok: true }
    : { ok: false, reason: 'it is still on the shelf', waitingFor: 'alpha' };
  const body = { started, ready: true, degraded: !started, checks: [{ name: 'spring', ...check }] };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
