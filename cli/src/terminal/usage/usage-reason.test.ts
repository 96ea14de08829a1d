import { describe, expect, it } from '@jest/globals';
import { Parser } from '@oclif/core';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { usageReason } from './usage-reason.js';

const flags = {
  output: Flags.string({ char: 'o', required: true }),
  level: Flags.option({ options: ['low', 'high'] as const })(),
  lines: Flags.integer({ min: 0, max: 10 }),
  url: Flags.string({ exclusive: ['service'] }),
  service: Flags.string({ exclusive: ['url'] }),
  user: Flags.string({ dependsOn: ['password'] }),
  password: Flags.string(),
  yes: Flags.boolean(),
};
const args = {
  kind: Args.string({ options: ['cat', 'dog'] }),
  port: Args.integer({ min: 1, max: 65_535 }),
};

/** The error of oclif's own parser, rephrased. */
async function reasonFor(argv: string[], input: object = { flags, args }): Promise<string> {
  const thrown = await Parser.parse(argv, input).then(
    () => new Error('accepted'),
    (error: Error) => error,
  );
  return usageReason(thrown, (input as { args?: object }).args as never);
}

describe('the reason why a command line is rejected', () => {
  it.each([
    [['--nope'], 'unknown flag --nope'],
    [['--serivce=x'], 'unknown flag --serivce=x; did you mean "--service"?'],
    [['--nope', '--neither'], 'unknown flags --nope, --neither'],
    [[], '--output is missing'],
    [['-o'], '--output needs a value'],
    [['-o', 'x', '-o', 'y'], '--output can be passed only once'],
    [['-o', 'x', '--level'], '--level needs a value: one of low, high'],
    [['-o', 'x', '--level', 'foo'], '--level must be one of low, high, not "foo"'],
    [['-o', 'x', '--level', 'foo\nbar'], '--level must be one of low, high, not "foo\nbar"'],
    [['-o', 'x', '--lines', '1.5'], '--lines must be a whole number, not "1.5"'],
    [['-o', 'x', '--lines=-1'], '--lines must be at least 0, not -1'],
    [['-o', 'x', '--lines', '11'], '--lines must be at most 10, not 11'],
    [['-o', 'x', '--url', 'a', '--service', 'b'], '--service and --url cannot be used together'],
    [['-o', 'x', '--user', 'a'], '--user also needs --password'],
    [
      ['--user', 'a', '--url', 'b', '--service', 'c'],
      '--service and --url cannot be used together; --user also needs --password; --output is missing',
    ],
    [['-o', 'x', 'bird'], 'KIND must be one of cat, dog, not "bird"'],
    [['-o', 'x', 'cat', '3000;x'], 'PORT must be a whole number, not "3000;x"'],
    [['-o', 'x', 'cat', '70000'], 'PORT must be at most 65535, not 70000'],
    [['-o', 'x', 'cat', '1', 'more', 'most'], 'too many arguments: more, most'],
  ])('%j: %s', async (argv, reason) => expect(await reasonFor(argv)).toBe(reason));

  it('lists every missing argument, with its description', async () => {
    const required = { name: Args.string({ required: true, description: 'service name' }) };
    const several = { ...required, port: Args.integer({ required: true }) };
    expect(await reasonFor([], { args: required })).toBe('NAME is missing: service name');
    expect(await reasonFor([], { args: several })).toBe('NAME is missing: service name; PORT is missing');
  });
});
