import { execa } from 'execa';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { onExit } from 'signal-exit';
import { errorOfKubectl } from './kubectl-error.js';
import type { Target } from './target.js';

export interface RunOptions {
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** Exit codes besides 0 that count as success. */
  readonly answers?: readonly number[];
}

/** The upper limit; commands that wait, such as a deletion, get a `--timeout` of their own. */
const TIMEOUT_MS = 1_200_000;

/** kubectl as the user has it: their kubeconfig, their credentials, their version of the API. */
export class Kubectl {
  constructor(readonly target: Target) {}

  /** @returns its stdout. Throws the catalogue error that its stderr maps to */
  async run(args: readonly string[], { input, signal, answers = [] }: RunOptions = {}): Promise<string> {
    const run = execa('kubectl', this.argv(args), {
      reject: false,
      ...(input !== undefined && { input }),
      ...(signal && { cancelSignal: signal }),
      env: { KUBECTL_KUBERC: 'false' },
      timeout: TIMEOUT_MS,
    });
    const { stdout, stderr, exitCode, failed, code, isCanceled, timedOut } = await run;
    if (timedOut) throw new MsxError('TOOL_SILENT', { tool: 'kubectl', seconds: TIMEOUT_MS / 1_000 });
    if (!failed || (exitCode !== undefined && answers.includes(exitCode))) return stdout;
    throw errorOfKubectl({ args, stderr: stderr || stdout, code, isCanceled }, this.target);
  }

  async json<T>(args: readonly string[], options?: RunOptions): Promise<T> {
    return JSON.parse(await this.run([...args, '-o', 'json'], options)) as T;
  }

  /**
   * A long-running kubectl, such as a port-forward or a followed log, until the signal or the exit of this process. It
   * leads a process group, since kubectl may be a script that waits for the real one: a leftover child would keep its
   * output open.
   */
  start(args: readonly string[], signal: AbortSignal) {
    const child = execa('kubectl', this.argv(args), {
      reject: false,
      stdin: 'ignore',
      buffer: false,
      detached: true,
      // Only the signal ends it.
      timeout: 0,
    });
    const end = () => killGroup(child.pid);
    const forget = onExit(end);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    child.once('exit', () => {
      forget();
      signal.removeEventListener('abort', end);
    });
    return child;
  }

  private argv(args: readonly string[]): string[] {
    const { context, namespace } = this.target;
    return [...(context ? ['--context', context] : []), '--namespace', namespace, ...args];
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
