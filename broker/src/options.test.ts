import { describe, expect, it } from '@jest/globals';
import { InvalidOptions, optionsFrom } from './options.js';

const advertised = (text: string) =>
  optionsFrom({ data: '/d', port: '0', 'default-partitions': '1', advertised: text }, {}).advertised;

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
