import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { metadata } from '../apis/03-metadata.js';
import { help } from '../help.js';
import { requestFrame, WireClient } from '../server/wire-client.fixture.js';
import { directories } from '../test-directory.fixture.js';
import { kafkaAt, read, until } from './kafka.fixture.js';
import { entry, processes } from './process.fixture.js';

const directory = directories();
const run = processes();

const startOn = async (data: string, port = 0) => {
  const broker = run(['--port', String(port), '--data', data, '--default-partitions', '2']);
  const listening = await broker.line('listening');
  return { ...broker, port: listening!.port! };
};

describe('the broker process', () => {
  it('logs its port, and exits with 0 when stopped', async () => {
    const data = directory();
    const { child, exit, lines } = await startOn(data);
    expect(lines[0]).toMatchObject({ level: 'info', msg: 'listening', port: expect.any(Number) });
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(readdirSync(data).sort()).toEqual(['format.json', 'state.log', 'topics']);
  });

  it.each([
    ['an unknown option', ['--colour', 'red'], 'CONFIG_INVALID'],
    ['an empty directory name', ['--port', '0', '--data', ''], 'CONFIG_INVALID'],
    ['an invalid listener', ['--listener', 'ssl:9095'], 'CONFIG_INVALID'],
    ['a users file that is missing', ['--users', 'nowhere'], 'CONFIG_INVALID'],
    ['an invalid port', ['--data', 'x', '--port', '99999'], 'CONFIG_INVALID'],
  ])('does not start with %s', async (_, args, code) => {
    const { exit, lines, line } = run(args);
    await line('');
    expect((await exit)[0]).toBe(1);
    expect(lines).toMatchObject([{ level: 'fatal', code }]);
  });

  it('prints its help and its version', () => {
    const print = (option: string) => execFileSync(process.execPath, [entry, option], { encoding: 'utf8' });
    expect(print('--help')).toBe(help());
    expect(print('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('has an id, listeners and users of choice', async () => {
    const data = directory();
    writeFileSync(join(data, 'users'), 'app:secret\n');
    const listeners = ['--listener', 'sasl_plaintext://127.0.0.1:0', '--listener', 'ssl://127.0.0.1:0'];
    const args = ['--port', '0', '--data', data, '--node-id', '0', '--users', join(data, 'users')];
    const line = await run([...args, ...listeners]).line('listening');
    expect(line).toMatchObject({ listeners: [{ protocol: 'sasl_plaintext' }, { protocol: 'ssl' }] });
    const client = await WireClient.to(line!.port!);
    const { brokers } = await client.call(metadata, 1, { topics: [] });
    expect(brokers).toMatchObject([{ nodeId: 0, port: line!.port }]);
    client.close();
  });

  it('listens only with security if it is told to', async () => {
    const args = ['--no-plaintext', '--port', '0', '--data', directory(), '--listener', 'ssl://127.0.0.1:0'];
    const line = await run(args).line('listening');
    expect(line).toMatchObject({ listeners: [{ protocol: 'ssl', port: line!.port }] });
    const client = await WireClient.to(line!.port!);
    client.socket.write(requestFrame(metadata as never, 1, { topics: [] }));
    await client.closed;
  });

  it('does not start in production unless it is allowed to', async () => {
    const args = ['--port', '0', '--data', directory()];
    const refused = run(args, { NODE_ENV: 'production' });
    expect((await refused.exit)[0]).toBe(1);
    const allowed = run(args, { NODE_ENV: 'production', ALLOW_EMBEDDED_BROKER: 'true' });
    expect(await allowed.line('listening')).toBeDefined();
  });

  it('reports a port or directory in use', async () => {
    const data = directory();
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const other = run(['--port', String(port), '--data', data]);
    expect(await other.line(`port ${port} is in use`)).toMatchObject({ level: 'fatal', code: 'PORT_IN_USE' });
    holder.close();
    const { child } = await startOn(data);
    const second = run(['--port', '0', '--data', data]);
    await second.exit;
    await second.line('');
    expect(second.lines[0]).toMatchObject({
      code: 'DATA_LOCKED',
      msg: expect.stringContaining(`${child.pid}`),
    });
  });

  it('reports a directory that cannot be used', async () => {
    const file = join(directory(), 'file');
    writeFileSync(file, '');
    const { exit, lines, line } = run(['--port', '0', '--data', file]);
    await line('');
    await exit;
    expect(lines).toMatchObject([{ level: 'fatal', code: 'DATA_UNUSABLE' }]);
  });

  it('uses less than 90 MB', async () => {
    const { child, port } = await startOn(directory());
    const client = await WireClient.to(port);
    await client.call(metadata, 1, { topics: [] });
    client.close();
    const kilobytes = Number(
      execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }),
    );
    expect(kilobytes).toBeLessThan(90 * 1024);
  });
});

describe('a broker that is killed', () => {
  it('has all acknowledged records, once and in order, after a restart', async () => {
    const data = directory();
    let broker = await startOn(data);
    const { port } = broker;
    const kafka = kafkaAt(port);
    const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const acknowledged: string[] = [];
    let isOver = false;
    const producing = (async () => {
      for (let i = 0; !isOver; i++) {
        const messages = [0, 1].map((partition) => ({ partition, value: `${i}` }));
        await producer.send({ topic: 'a', messages });
        acknowledged.push(`${i}`);
      }
    })();
    for (let life = 0; life < 5; life++) {
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 40);
      broker.child.kill('SIGKILL');
      await broker.exit;
      broker = await startOn(data, port);
    }
    isOver = true;
    await producing;
    await producer.disconnect();
    const { consumer, seen } = await read(kafka, 'g', 'a');
    await until(() => seen.length >= acknowledged.length * 2);
    for (const partition of ['0', '1']) {
      const values = seen
        .filter((line) => line.startsWith(`${partition}/`))
        .map((line) => line.split(' ')[1]);
      expect(values).toEqual(acknowledged);
    }
    await consumer.disconnect();
  });

  it('recovers from a torn tail of every file', async () => {
    const data = directory();
    const broker = await startOn(data);
    const producer = kafkaAt(broker.port).producer();
    await producer.connect();
    await producer.send({ topic: 'a', messages: [{ value: 'kept', partition: 0 }] });
    broker.child.kill('SIGKILL');
    await broker.exit;
    const [topic] = readdirSync(join(data, 'topics'));
    const log = join(data, 'topics', topic!, '0', `${'0'.repeat(20)}.log`);
    for (const file of [log, join(data, 'state.log')])
      writeFileSync(file, Buffer.concat([readFileSync(file), readFileSync(file).subarray(0, 50)]));
    await startOn(data, broker.port);
    const [sent] = await producer.send({ topic: 'a', messages: [{ value: 'next', partition: 0 }] });
    expect(sent!.baseOffset).toBe('1');
    await producer.disconnect();
  });

  it('is reconnected to by its consumers after a restart', async () => {
    const data = directory();
    const broker = await startOn(data);
    const { port } = broker;
    const kafka = kafkaAt(port);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'a', messages: [{ value: '0', partition: 0 }] });
    const one = await read(kafka, 'g', 'a');
    await until(() => one.seen.length === 1);
    broker.child.kill('SIGKILL');
    await broker.exit;
    await startOn(data, port);
    await producer.send({ topic: 'a', messages: [{ value: '1', partition: 0 }] });
    await until(() => one.seen.includes('0/1 1'));
    await one.consumer.disconnect();
    await producer.disconnect();
  });
});

describe('a disk error', () => {
  it('loses no acknowledged records, and is retried by the client', async () => {
    const data = directory();
    const broker = await startOn(data);
    const kafka = kafkaAt(broker.port);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'a', messages: [{ value: 'kept', partition: 0 }] });
    const [topic] = readdirSync(join(data, 'topics'));
    // A file in place of the second partition's directory fails like a full disk, also for root.
    const obstacle = join(data, 'topics', topic!, '1');
    writeFileSync(obstacle, '');
    const send = producer.send({ topic: 'a', messages: [{ value: 'late', partition: 1 }] });
    await broker.line('request failed');
    execFileSync('rm', [obstacle]);
    mkdirSync(obstacle);
    expect((await send)[0]).toMatchObject({ partition: 1, errorCode: 0, baseOffset: '0' });
    const { consumer, seen } = await read(kafka, 'g', 'a');
    await until(() => seen.length === 2);
    await consumer.disconnect();
    await producer.disconnect();
  });
});
