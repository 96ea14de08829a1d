import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ShopCopy, msx } from './shop-copy.fixture.js';

/** A service whose database is made of words. */
const DATABASE = `
import { existsSync, writeFileSync } from 'node:fs';
const [, , , verb] = process.argv;
const name = process.env.PORT === '50051' ? 'user-service' : 'other';
const print = (line: object) => console.log(JSON.stringify(line));
if (process.env.DATABASE_URL === 'postgres://nowhere') {
  print({ level: 'fatal', code: 'DATABASE_UNREACHABLE', msg: 'connect ECONNREFUSED' });
  process.exit(1);
}
print({ level: 'info', msg: 'connected' });
if (verb === 'migrate') writeFileSync('migrated', '');
const all = existsSync('migrated');
const [applied, pending] = [all ? ['Create1', 'Add2'] : ['Create1'], all ? [] : ['Add2']];
if (verb === 'status') print({ service: name, driver: 'sqlite', applied, pending });
export {};
`;

let shop: ShopCopy;
beforeAll(async () => {
  shop = new ShopCopy();
  for (const name of ['user', 'product', 'order'])
    shop.write(`services/${name}-service/src/main.ts`, DATABASE);
  // On stderr may be what it waits for.
  expect(await shop.msx(['build'])).toMatchObject({ exitCode: 0 });
});
afterAll(() => shop.remove());

const json = ({ stdout }: { stdout: string }): unknown => JSON.parse(stdout);

describe('msx', () => {
  it('says its version', async () => {
    const { stdout } = await execa(process.execPath, [msx, '--version']);
    expect(stdout).toMatch(/^@msx\/cli\/\d+\.\d+\.\d+ \w+-\w+ node-v\d+/);
  });

  it('explains every command, with examples', async () => {
    const { stdout } = await shop.msx(['logs', '--help']);
    expect(stdout).toContain('$ msx logs [SERVICE...]');
    expect(stdout).toContain('$ msx logs --grep "order 42" -n 20');
  });

  it('has its help behind the word, too', async () => {
    const [all, dev] = [await shop.msx(['help']), await shop.msx(['help', 'dev'])];
    expect(all).toMatchObject({ exitCode: 0, stdout: (await shop.msx(['--help'])).stdout });
    expect(dev).toMatchObject({ exitCode: 0, stdout: (await shop.msx(['dev', '--help'])).stdout });
  });

  it('refuses a command it has not, and a flag, with 2 and a hint', async () => {
    expect(await shop.msx(['proto', 'gne'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: 'error UNKNOWN_COMMAND: no command "msx proto gne"\n→ Did you mean "msx proto gen"?',
    });
    expect((await shop.msx(['strat'])).stderr).toBe(
      'error UNKNOWN_COMMAND: no command "msx strat"\n→ Did you mean "msx dev start"?',
    );
    expect(await shop.msx(['build', '--fast'])).toMatchObject({
      exitCode: 2,
      stderr: 'error USAGE: unknown flag --fast\n→ See msx build --help.',
    });
    expect(await shop.msx(['build', 'oder-service'])).toMatchObject({
      exitCode: 2,
      stderr: 'error UNKNOWN_SERVICE: no service "oder-service" in msx.yaml\n→ Did you mean "order-service"?',
    });
  });

  it('refuses to run outside a system, and in a wrong one, in words and in JSON', async () => {
    const outside = await execa(process.execPath, [msx, 'build', '--json'], { cwd: '/', reject: false });
    expect(outside.exitCode).toBe(2);
    expect(json(outside)).toMatchObject({
      error: { code: 'NO_SYSTEM', exitCode: 2, details: { folder: '/' } },
    });
    const wrong = new ShopCopy();
    try {
      wrong.edit('msx.yaml', (text) =>
        text.replace('kind: graphql', 'kind: graphq').replace('port: 3000', 'port: x'),
      );
      const inWords = await wrong.msx(['build']);
      expect(inWords.exitCode).toBe(2);
      expect(inWords.stderr.split('\n')).toEqual([
        'error CONFIG_INVALID',
        expect.stringMatching(
          /^msx\.yaml:\d+:11 services\.api-gateway\.kind: expected one of grpc, graphql, not "graphq"; did you mean "graphql"\?$/,
        ),
        expect.stringMatching(/^msx\.yaml:\d+:11 services\.api-gateway\.port: expected a whole number/),
        expect.stringMatching(/^→ /),
      ]);
      expect(json(await wrong.msx(['build', '--json']))).toMatchObject({
        error: { code: 'CONFIG_INVALID', details: { problems: [{ file: 'msx.yaml', column: 11 }, {}] } },
      });
    } finally {
      wrong.remove();
    }
  });

  it('has colours on request only, where there is no terminal', async () => {
    const red = '\u001b[31m';
    expect((await shop.msx(['nothing'])).stderr).not.toContain('\u001b');
    expect((await shop.msx(['nothing'], { FORCE_COLOR: '1' })).stderr).toContain(red);
    expect((await shop.msx(['nothing'], { NO_COLOR: '1' })).stderr).not.toContain('\u001b');
  });

  it('documents its commands as they are', async () => {
    const generate = fileURLToPath(new URL('../generate.mjs', import.meta.url));
    expect((await execa(process.execPath, [generate, '--check'], { reject: false })).stdout).toBe('');
  });
});

describe('msx proto gen and build', () => {
  it('do nothing when there is nothing to do', async () => {
    const unchanged = ['user-service', 'product-service', 'order-service', 'api-gateway'];
    expect(json(await shop.msx(['proto', 'gen', '--json']))).toEqual({ generated: [], unchanged });
    expect(json(await shop.msx(['build', '--json']))).toEqual({ built: [], unchanged });
    expect((await shop.msx(['build'])).stdout).toBe('everything is up to date');
    expect((await shop.msx(['proto', 'lint'])).stdout).toBe('the contracts are clean');
  });
});

describe('msx logs', () => {
  it('shows existing entries, and follows until Ctrl-C, which is not a failure', async () => {
    shop.write(
      'logs/user-service.log',
      '{"level":"info","time":"2026-01-01T00:00:01Z","msg":"hello","n":1}\n',
    );
    const once = await shop.msx(['logs']);
    expect(once).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/ user-service {4}INFO {2}hello n=1$/),
    });
    expect((await shop.msx(['logs', '--wide'])).stdout).toMatch(/^\d{4}-\d\d-\d\d .* INFO {2}hello n=1$/);
    const following = shop.msx(['logs', '-f', '--json']);
    let seen = '';
    for await (const line of following.iterable()) {
      seen += line;
      if (seen.includes('again')) {
        following.kill('SIGINT');
        following.kill('SIGINT');
      } else
        shop.write(
          'logs/order-service.log',
          '{"level":"info","time":"2026-01-01T00:00:02Z","msg":"again"}\n',
        );
    }
    expect(await following).toMatchObject({ exitCode: 0, stderr: '' });
    expect(seen.match(/"msg"/g)).toHaveLength(2);
  });

  it('finds a request by the id that it prints', async () => {
    const requestId = 'e24826a1-7670-441c-9868-5d10f3470ece';
    const time = '2026-01-01T00:00:03Z';
    shop.write('logs/api-gateway.log', JSON.stringify({ time, msg: 'found', requestId }) + '\n');
    const { stdout } = await shop.msx(['logs', 'api-gateway']);
    const [, id] = /request=(\w+)$/.exec(stdout)!;
    expect((await shop.msx(['logs', '--request', id!])).stdout).toBe(stdout);
    expect(json(await shop.msx(['logs', '--request', id!, '--json']))).toMatchObject({ requestId });
    expect(await shop.msx(['logs', '--request', 'none'])).toMatchObject({
      ...{ exitCode: 0, stdout: '', stderr: 'no entries match' },
    });
  });

  it.each([
    [
      ['--request', 'abc'],
      '--request takes 4 or more characters of a request id, such as e24826a1, not "abc"',
    ],
    [
      ['--trace', 'xyz!'],
      '--trace takes 4 to 32 hexadecimal digits of a trace id, such as 8b3d5661, not "xyz!"',
    ],
    [['--since', 'yesterday'], expect.stringMatching(/^--since /)],
    [['--grep', '('], expect.stringMatching(/^--grep: /)],
    [['-n', 'many'], expect.stringMatching(/^--lines .*many/)],
    [['-n', '-1'], '--lines must be at least 0, not -1'],
  ])('refuses %j, and names the flag', async (args, message) => {
    const { exitCode, stdout } = await shop.msx(['logs', ...args, '--json']);
    expect({ exitCode, ...(JSON.parse(stdout) as object) }).toMatchObject({
      exitCode: 2,
      error: { code: 'USAGE', message, suggestion: 'See msx logs --help.' },
    });
  });

  it('keeps what services write from controlling anything, errors quoting it too', async () => {
    shop.write('logs/api-gateway.log', '\u001b[31mred\u001b]0;title\u0007\rcleared\u001b[2J\n');
    const { stdout } = await shop.msx(['logs', 'api-gateway']);
    expect(stdout.split('\n').map((line) => line.slice(13))).toEqual([
      'api-gateway     red',
      'api-gateway     cleared',
    ]);
    const { stderr } = await shop.msx(['logs', 'no\u001b[2Jthing\u0007']);
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('ends in peace when its reader has seen enough', async () => {
    const lines = '{"level":"info","time":"2026-01-01T00:00:01Z","msg":"much"}\n'.repeat(50_000);
    shop.write('logs/product-service.log', lines);
    const piped = await execa(`${process.execPath} ${msx} logs product-service -n 50000 | head -1`, {
      shell: true,
      cwd: shop.root,
    });
    expect(piped.stdout.split('\n')).toHaveLength(1);
    expect(piped.stderr).toBe('');
  });
});

describe('msx db', () => {
  it('shows, migrates and resets what the services say of their databases', async () => {
    expect((await shop.msx(['db', 'status', 'user-service'])).stdout).toBe(
      'SERVICE       DRIVER  APPLIED  PENDING\nuser-service  sqlite  1        Add2',
    );
    expect(json(await shop.msx(['db', 'migrate', 'user-service', '--json']))).toEqual({
      migrated: [{ service: 'user-service', applied: ['Add2'] }],
    });
    expect(await shop.msx(['db', 'reset', 'user-service', '--yes'])).toMatchObject({
      exitCode: 0,
      // What takes a second is said to be going on first.
      stdout: expect.stringMatching(/^(user-service\n)?user-service: reset$/),
    });
  });

  it('asks before it deletes, and refuses where nobody can be asked', async () => {
    expect(json(await shop.msx(['db', 'reset', '--json']))).toMatchObject({
      error: { code: 'CONFIRMATION_NEEDED' },
    });
    expect(json(await shop.msx(['db', 'status', 'api-gateway', '--json']))).toMatchObject({
      error: { code: 'USAGE', message: 'api-gateway has no database' },
    });
  });

  it('refuses to reset what runs, for an engine or started by hand in its folder', async () => {
    const copy = new ShopCopy(shop);
    const listens = `const server = require('node:net').createServer().listen(0, '127.0.0.1', () =>
      process.stdout.write(String(server.address().port)))`;
    const byHand = spawn(process.execPath, ['-e', listens], {
      cwd: join(copy.root, 'services/user-service'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [port] = (await once(byHand.stdout, 'data')) as [Buffer];
      copy.edit('msx.yaml', (text) =>
        text.replace('port: 50051', `port: 50051\n    healthPort: ${port.toString()}`),
      );
      expect(json(await copy.msx(['db', 'reset', 'user-service', '--yes', '--json']))).toMatchObject({
        error: { code: 'SERVICE_RUNNING', exitCode: 1 },
      });
    } finally {
      byHand.kill('SIGKILL');
      copy.remove();
    }
  });

  it('passes on what a service says of its failure', async () => {
    const unreachable = { ORDER_SERVICE_DATABASE_URL: 'postgres://nowhere' };
    expect(await shop.msx(['db', 'status'], unreachable)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        'error DATABASE_UNREACHABLE: order-service cannot reach its database: connect ECONNREFUSED',
      ),
    });
  });
});

describe('msx topics list', () => {
  it('says when there is no broker', async () => {
    expect(json(await shop.msx(['topics', 'list', '--broker', '127.0.0.1:1', '--json']))).toMatchObject({
      error: { code: 'KAFKA_UNREACHABLE', exitCode: 1, details: { address: '127.0.0.1:1' } },
    });
  });
});
