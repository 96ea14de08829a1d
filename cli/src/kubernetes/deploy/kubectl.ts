import { execa } from 'execa';
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

  /** One that goes on, such as a port-forward or a log that is followed. */
  start(args: readonly string[], signal: AbortSignal) {
    return execa('kubectl', this.argv(args), {
      reject: false,
      stdin: 'ignore',
      buffer: false,
      cancelSignal: signal,
    });
  }

  private argv(args: readonly string[]): string[] {
    const { context, namespace } = this.target;
    return [...(context ? ['--context', context] : []), '--namespace', namespace, ...args];
  }
}
