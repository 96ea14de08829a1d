import { describe, expect, it } from '@jest/globals';
import { help } from './help.js';
import { InvalidOptions, optionsFrom, optionTable, parseOptions } from './options.js';

const advertised = (text: string) => optionsFrom({ ...parseOptions([]), advertised: text }, {}).advertised;

describe('the advertised address', () => {
  it('is a host, with or without a port', () => {
    expect(advertised('kafka')).toEqual({ host: 'kafka' });
    expect(advertised('kafka:9092')).toEqual({ host: 'kafka', port: 9092 });
    expect(advertised('[::1]')).toEqual({ host: '::1' });
    expect(advertised('[::1]:9092')).toEqual({ host: '::1', port: 9092 });
  });

  it.each(['', 'a b', ':9092', 'kafka:', 'kafka:0', 'kafka:70000', 'kafka:x', '::1', '[x]', 'tcp://kafka:1'])(
    'is not %j',
    (text) => expect(() => advertised(text)).toThrow(InvalidOptions),
  );
});

describe('the command line', () => {
  it('sets settings of Kafka', () => {
    const parsed = parseOptions([
      '--set',
      'log.retention.ms=5',
      '--set',
      'a=b=c',
      '--fsync',
      '--no-auto-create',
    ]);
    expect(optionsFrom(parsed, {})).toMatchObject({
      settings: { 'log.retention.ms': '5', a: 'b=c' },
      fsync: true,
      autoCreate: false,
    });
    expect(() => optionsFrom(parseOptions(['--set', 'a']), {})).toThrow(InvalidOptions);
  });

  it('has the defaults of the table, and switches', () => {
    expect(parseOptions(['--data', 'd', '-h'])).toMatchObject({ data: 'd', port: '9092', help: true });
  });

  it('can do without a plaintext listener if there is another one', () => {
    const without = (...args: string[]) => optionsFrom(parseOptions(['--no-plaintext', ...args]), {});
    expect(without('--listener', 'ssl://localhost:0')).toMatchObject({ plaintext: false });
    expect(() => without()).toThrow('--no-plaintext needs a --listener');
  });

  it('limits the time until a client authenticates again', () => {
    const limit = (text: string) =>
      optionsFrom(parseOptions(['--max-reauth', text]), {}).security?.maxReauthMs;
    expect(limit('60000')).toBe(60_000);
    expect(() => limit('1m')).toThrow('--max-reauth must be a number of milliseconds, not "1m"');
  });

  it('refuses what is not in the table', () => {
    expect(() => parseOptions(['--colour', 'red'])).toThrow(
      expect.objectContaining({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' }),
    );
  });

  it('is explained in lines of at most 80 columns', () => {
    const lines = help().split('\n');
    for (const name of Object.keys(optionTable))
      expect(lines.filter((line) => new RegExp(`^  (-., )?--${name}( |$)`).test(line))).toHaveLength(1);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});
