import { execa } from 'execa';
import { onExit } from 'signal-exit';
import { errorOfKubectl } from './kubectl-error.js';

export interface Target {
  /** Of the kubeconfig; its current one unless given. */
  readonly context?: string;
  readonly namespace: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** Exit codes besides 0 that are an answer. */
  readonly answers?: readonly number[];
}

/** kubectl, as the person has it: their kubeconfig, their credentials, their version of the API. */
export class Kubectl {
  constructor(readonly target: Target) {}

  /** @returns what it printed. Throws a CLUSTER_… error that says what is the matter */
  async run(args: readonly string[], { input, signal, answers = [] }: RunOptions = {}): Promise<string> {
    const { stdout, stderr, exitCode, failed, code, isCanceled } = await execa('kubectl', this.argv(args), {
      reject: false,
      ...(input !== undefined && { input }),
      ...(signal && { cancelSignal: signal }),
      env: { KUBECTL_KUBERC: 'false' },
    });
    if (!failed || (exitCode !== undefined && answers.includes(exitCode))) return stdout;
    throw errorOfKubectl({ args, stderr: stderr || stdout, code, isCanceled }, this.target);
  }

  async json<T>(args: readonly string[], options?: RunOptions): Promise<T> {
    return JSON.parse(await this.run([...args, '-o', 'json'], options)) as T;
  }

  /**
   * One that goes on, such as a port-forward or a log that is followed, until the signal or our own end. It leads a group
   * of processes, since a kubectl may be a script that waits for the real one: whoever is left would hold its output open.
   */
  start(args: readonly string[], signal: AbortSignal) {
    const child = execa('kubectl', this.argv(args), {
      reject: false,
      stdin: 'ignore',
      buffer: false,
      detached: true,
    });
    const end = () => endGroup(child.pid);
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

function endGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
