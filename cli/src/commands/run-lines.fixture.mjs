/**
 * Runs command lines that its parent sends, one after the other, in one process: starting node for each would take most
 * of the time. Answers how each ended, what it wrote, and what was thrown where nobody could catch it.
 */
import { setImmediate as afterAll } from 'node:timers/promises';
import { main } from '../../dist/main.js';

const streams = ['stdout', 'stderr'];
let written = {};
let crash;

for (const name of streams) process[name].write = (text) => ((written[name] += text), true);
// Each run listens for signals, and for the end of its output.
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
  // What was left to be thrown is thrown by then.
  await afterAll();
  process.send({ exitCode: process.exitCode ?? 0, crash, ...written });
});
