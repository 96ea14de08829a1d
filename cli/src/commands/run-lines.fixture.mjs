/**
 * Runs the command lines that its parent sends, one after the other, in one process: starting node for each would take
 * most of the time. Replies with the exit code of each, its output, and any uncaught exception.
 */
import { setImmediate as afterAll } from 'node:timers/promises';
import { main } from '../../dist/main.js';

const streams = ['stdout', 'stderr'];
let written = {};
let crash;

for (const name of streams) process[name].write = (text) => ((written[name] += text), true);
// Each run adds listeners for signals and for the end of its output.
process.setMaxListeners(0);
for (const name of streams) process[name].setMaxListeners(0);
process.exit = (exit) => {
  throw Object.assign(new Error('exit'), { code: 'EEXIT', oclif: { exit: exit ?? process.exitCode ?? 0 } });
};
process.on('uncaughtException', (error) => (crash = error.stack));

process.on('message', async (argv) => {
  written = { stdout: '', stderr: '' };
  crash = process.exitCode = undefined;
  await main(argv);
  // By then, any pending exception has been thrown.
  await afterAll();
  process.send({ exitCode: process.exitCode ?? 0, crash, ...written });
});
