import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const services = join(import.meta.dirname, '../../../../services');
const stub = join(services, 'user-service/src/gen/user.ts');
const { User } = (await import(pathToFileURL(stub).href)) as {
  User: { fromJSON: (json: unknown) => { createdAt?: Date } };
};
const read = (createdAt: unknown) => User.fromJSON({ createdAt }).createdAt?.toISOString();

describe('a date and time in the JSON of an event', () => {
  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2024-02-29T12:00:00.123456789+02:00', '2024-02-29T10:00:00.123Z'],
    ['2024-02-29T12:00:00-00:30', '2024-02-29T12:30:00.000Z'],
    [undefined, undefined],
  ])('%j is read as %j', (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each([
    '2024-02-30T00:00:00Z',
    '2026-01-31T12:00:00',
    '2026-01-31',
    'yesterday',
    '',
    5,
    true,
    { seconds: 5 },
  ])('%j is refused', (value) => {
    expect(() => read(value)).toThrow('not a date and time with a zone');
  });

  it('is parsed strictly in every stub', () => {
    const stubs = ['user-service', 'product-service', 'order-service', 'api-gateway'].flatMap((service) => {
      const folder = join(services, service, 'src/gen');
      return readdirSync(folder).map((file) => join(folder, file));
    });
    const texts = stubs.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'));
    const reading = texts.filter((text) => text.includes('function fromJsonTimestamp('));
    expect(reading.length).toBeGreaterThan(5);
    for (const text of reading) expect(text).toContain('not a date and time with a zone');
  });
});
