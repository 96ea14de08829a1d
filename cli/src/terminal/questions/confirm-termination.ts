import { confirm } from './confirm.js';
import type { ConfirmTermination } from '../../running/dev/start-freeing-ports.js';

/** Asks whether to terminate a process that holds a port; without a terminal, the answer is no. */
export const confirmTermination: ConfirmTermination = async ({ port, wantedBy, pid, command }) => {
  if (!process.stdin.isTTY || !process.stdout.isTTY || !pid) return false;
  const question = `Port ${port} of ${wantedBy} is held by ${command} (pid ${pid}). Terminate it?`;
  return confirm('terminating a process', question);
};
