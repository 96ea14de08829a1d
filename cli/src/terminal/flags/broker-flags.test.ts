import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { brokerFile } from '../../installation.js';
import { brokerArgs, brokerFlags, localAddress } from './broker-flags.js';

const none = { tls: false, sasl: false };

describe('the flags of msx broker start', () => {
  it('have every option of the broker, and pass it on', () => {
    const help = execFileSync(process.execPath, [brokerFile, '--help'], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)( [A-Z])?/gm)]
      .map(([, name, value]) => ({ name: name!, value: value !== undefined }))
      .filter(({ name }) => name !== 'help' && name !== 'version');
    expect(options.length).toBeGreaterThan(15);
    for (const { name, value } of options) {
      expect(Object.keys(brokerFlags)).toContain(name);
      const given = { ...none, [name]: value ? 'x' : true };
      expect(brokerArgs(given, {})).toEqual([value ? `--${name}=x` : `--${name}`]);
    }
  });

  it('repeat what was given several times, and leave out what was not', () =>
    expect(brokerArgs({ ...none, memory: true, fsync: false, set: ['a=1', 'b=2'] }, {})).toEqual([
      '--set=a=1',
      '--set=b=2',
    ]));

  it.each([
    [{ tls: true }, 'ssl://127.0.0.1:9093'],
    [{ sasl: true, users: 'file' }, 'sasl_plaintext://127.0.0.1:9093'],
    [{ tls: true, sasl: true, users: 'file', port: 19092, host: 'kafka' }, 'sasl_ssl://kafka:19093'],
    [{ tls: true, port: 0 }, 'ssl://127.0.0.1:0'],
    [{ tls: true, 'no-plaintext': true }, 'ssl://127.0.0.1:9092'],
  ])('%j is a listener: %s', (given, listener) =>
    expect(brokerArgs({ ...none, ...given }, {})).toContain(`--listener=${listener}`),
  );

  it('need users for SASL, from a file or the environment', () => {
    expect(() => brokerArgs({ ...none, sasl: true }, {})).toThrow('--sasl needs users');
    expect(brokerArgs({ ...none, sasl: true }, { MSX_BROKER_USERS: 'app:secret' })).toHaveLength(1);
  });

  it('give an address that clients on this machine can connect to', () =>
    expect([undefined, '0.0.0.0', '::', '::1', 'kafka'].map((host) => localAddress(host, 1))).toEqual([
      ...['127.0.0.1:1', '127.0.0.1:1', '127.0.0.1:1', '[::1]:1', 'kafka:1'],
    ]));
});
