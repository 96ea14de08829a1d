import { describe, expect, it } from '@jest/globals';
import { Logger } from './logger.js';
import { runInContext } from '../requests/request-context.js';
import { continueTrace, toTraceparent } from '../requests/trace-context.js';

type Line = Record<string, unknown>;

function record(use: (logger: Logger) => void, level = 'info'): Line[] {
  const lines: Line[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  use(new Logger({ service: 'user-service', level, destination }));
  return lines;
}

describe('Logger', () => {
  it('writes JSON lines in the expected format', () => {
    const [line] = record((logger) => logger.log('Created topics', { topics: ['a'] }, 'Kafka'));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'user-service',
      context: 'Kafka',
      topics: ['a'],
      msg: 'Created topics',
    });
  });

  it('adds the id of the current request', () => {
    const trace = continueTrace();
    const [line] = record((logger) => runInContext({ requestId: 'r1', trace }, () => logger.warn('x')));
    expect(line).toMatchObject({ level: 'warn', requestId: 'r1', traceId: trace.traceId });
  });

  it('accepts errors in any position, and logs type, message and stack only', () => {
    const error = Object.assign(new TypeError('cannot reach postgres://app:hunter2@db/shop'), {
      parameters: ['hunter2'],
      code: '28P01',
      cause: new Error('below'),
    });
    const lines = record((logger) => {
      logger.error(error);
      logger.error('It failed', error, 'Events');
      logger.error({ err: error }, 'Events');
      logger.error('as Nest does', 'Error: x\n    at y', 'Nest');
    });
    for (const line of lines.slice(0, 3)) {
      expect(line.err).toMatchObject({ type: 'TypeError', code: '28P01', cause: { message: 'below' } });
      expect(JSON.stringify(line)).toContain('postgres://app:***@db/shop');
    }
    expect(lines.map(({ msg }) => msg).slice(0, 2)).toEqual([
      expect.stringContaining('cannot reach'),
      'It failed',
    ]);
    expect(lines[3]).toMatchObject({
      msg: 'as Nest does',
      context: 'Nest',
      stack: expect.stringContaining('at y'),
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('redacts secrets', () => {
    const lines = record((logger) =>
      logger.log('x', {
        password: 'hunter2',
        user: { password: 'hunter2' },
        headers: { authorization: 'hunter2' },
      }),
    );
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('omits lines below its level, and those of Nest about itself', () => {
    const lines = record((logger) => {
      logger.debug('no');
      logger.verbose('no');
      logger.log('Mapped {/graphql, POST} route', 'RouterExplorer');
      logger.fatal('yes');
    });
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([['fatal', 'yes']]);
  });
});

describe('trace context', () => {
  const INCOMING = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('continues a trace with its own span', () => {
    const trace = continueTrace(INCOMING);
    expect(trace).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
      flags: '01',
    });
    expect(toTraceparent(trace)).toBe(`00-0af7651916cd43dd8448eb211c80319c-${trace.spanId}-01`);
    expect(trace.spanId).not.toBe('b7ad6b7169203331');
  });

  it.each([
    undefined,
    '',
    'x',
    INCOMING.replace('00-', 'ff-'),
    INCOMING.replace(/b7ad\w+/, '0'.repeat(16)),
    INCOMING.toUpperCase(),
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  ])('begins a new one for %s', (header) => {
    const trace = continueTrace(header);
    expect(trace.parentSpanId).toBeUndefined();
    expect(toTraceparent(trace)).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  });
});
