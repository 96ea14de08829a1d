import { runEngine } from './run-engine.js';

/** The engine as a process: `node engine.js --root <folder>`. Reports to its parent whether it started, then disconnects. */
// Its log may be on a full disk, which must not end a running system.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const root = process.argv[process.argv.indexOf('--root') + 1]!;

try {
  const kind = await runEngine(root);
  // The parent has exited meanwhile and will send no requests.
  if (kind === 'listening' && process.connected === false) process.kill(process.pid, 'SIGTERM');
  send({ kind });
} catch (error) {
  const { stack, code, facts, message } = error as Error & { code?: string; facts?: object };
  send({ kind: 'failed', reason: stack, ...(facts && { refusal: { code, message, facts } }) });
  process.exitCode = 1;
}

function send(message: object): void {
  if (process.connected) process.send!(message, () => process.connected && process.disconnect());
}
