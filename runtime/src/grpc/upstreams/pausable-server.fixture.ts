import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ChildProcess } from 'node:child_process';

/** A TCP proxy in a separate process: while paused, its connections are accepted and nothing answers. */
const CODE = `
const { connect, createServer } = require('node:net');
const server = createServer((client) => {
  const target = connect(Number(process.argv[1]), '127.0.0.1');
  for (const socket of [client, target]) socket.on('error', () => {}).on('close', () => (client.destroy(), target.destroy()));
  client.pipe(target).pipe(client);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** A proxy for a server that can be paused as by a debugger, SIGSTOP or a closed laptop. */
export class PausableServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async before(target: number): Promise<PausableServer> {
    const child = spawn(process.execPath, ['-e', CODE, String(target)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return new PausableServer(child, Number(line));
  }

  pause = (): boolean => this.child.kill('SIGSTOP');
  resume = (): boolean => this.child.kill('SIGCONT');
  end = (): boolean => this.child.kill('SIGKILL');
}
