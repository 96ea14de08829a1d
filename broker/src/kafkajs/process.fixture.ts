import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';

export const entry = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Line {
  readonly level: string;
  readonly msg: string;
  readonly code?: string;
  readonly port?: number;
}

export interface BrokerProcess {
  readonly child: ChildProcess;
  readonly lines: Line[];
  /** The first line with this message; undefined if the process exits without it. */
  line(msg: string): Promise<Line | undefined>;
  readonly exit: Promise<unknown[]>;
}

/** Real broker processes from the build; none outlives its test. */
export const processes = () => {
  const running: BrokerProcess[] = [];
  afterEach(async () => {
    for (const { child, exit } of running.splice(0)) {
      child.kill('SIGKILL');
      await exit;
    }
  });
  return (args: string[], env: NodeJS.ProcessEnv = {}): BrokerProcess => {
    const child = spawn(process.execPath, [entry, ...args], {
      env: { ...process.env, NODE_ENV: 'development', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const started = watch(child);
    running.push(started);
    return started;
  };
};

const watch = (child: ChildProcess): BrokerProcess => {
  const lines: Line[] = [];
  const output = createInterface(child.stdout!);
  const exit = once(child, 'exit');
  const ended = once(output, 'close');
  output.on('line', (text) => lines.push(JSON.parse(text) as Line));
  const line = async (msg: string): Promise<Line | undefined> => {
    const find = (): Line | undefined => lines.find((one) => one.msg === msg);
    let isOpen = true;
    void ended.then(() => (isOpen = false));
    while (!find() && isOpen) await Promise.race([once(output, 'line'), ended]);
    return find();
  };
  return { child, lines, line, exit };
};
