import { runEngine } from './run-engine.js';

/** The engine as a process of its own: `node engine.js --root <folder>`. Tells its parent how it went, then lets go. */
const root = process.argv[process.argv.indexOf('--root') + 1]!;

try {
  const kind = await runEngine(root);
  // Whoever wanted it has ended meanwhile, and asks nothing of it any more.
  if (kind === 'listening' && process.connected === false) process.kill(process.pid, 'SIGTERM');
  tell({ kind });
} catch (error) {
  tell({ kind: 'failed', reason: (error as Error).stack });
  process.exitCode = 1;
}

function tell(message: object): void {
  if (process.connected) process.send!(message, () => process.connected && process.disconnect());
}
