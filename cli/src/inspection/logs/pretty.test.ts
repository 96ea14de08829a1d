import { describe, expect, it } from '@jest/globals';
import { Ansis } from 'ansis';
import fc from 'fast-check';
import { jsonLines } from './json-lines.js';
import { parseLine } from './log-line.js';
import { PrettyPrinter } from './pretty.js';
import type { Entry } from './entries.js';
import type { PrettyOptions } from './pretty.js';

const TIME = new Date(2026, 0, 1, 12, 1, 2, 345);
const SERVICES = ['api-gateway', 'order-service', 'product-service'];
const PLAIN = new Ansis(0);
const COLOURED = new Ansis(1);
const IDS = {
  requestId: 'e24826a1-7670-441c-9868-5d10f3470ece',
  traceId: '8b3d5661a289ee05c4ddfca5cad1404d',
};
const CALL = {
  context: 'Grpc',
  method: 'ProductController.listProducts',
  status: 'OK',
  ms: 157.3,
  msg: 'call',
};

/** An entry with these lines, as from readLogs. */
const entry = (...texts: string[]): Entry => ({
  service: 'order-service',
  lines: texts.map(parseLine),
  time: TIME.getTime(),
  start: 0,
});
const record = (fields: object) =>
  JSON.stringify({ level: 'info', time: TIME, service: 'order-service', ...fields });
const pretty = (from: Entry, options: Partial<PrettyOptions> = {}) =>
  new PrettyPrinter({ services: SERVICES, colours: PLAIN, ...options }).format(from).split('\n');
/** The text of a record after its time, service and level. */
const textOf = (fields: object, options: Partial<PrettyOptions> = {}) =>
  pretty(entry(record(fields)), options)[0]!.replace(/^.*INFO {2}/, '');

describe('a pretty line', () => {
  it('starts with time, service, level, operation, outcome and duration, followed by the rest', () => {
    expect(pretty(entry(record({ ...IDS, principal: 'someone', ...CALL, pid: 1, hostname: 'h' })))).toEqual([
      '12:01:02.345 order-service   INFO  call ProductController.listProducts OK 157 ms principal=someone request=e24826a1 trace=8b3d5661',
    ]);
  });

  it.each<[string, object, string]>([
    [
      'a request over HTTP',
      { msg: 'request', status: 200, path: '/graphql', method: 'POST', ms: 8.7 },
      'request POST /graphql 200 9 ms',
    ],
    [
      'the lines of pino-http',
      { msg: 'done', url: '/x', statusCode: 404, responseTime: 0.44 },
      'done /x 404 0.4 ms',
    ],
    ['a long time', { msg: 'x', durationMs: 12_345 }, 'x 12.3 s'],
    [
      'values that need their names',
      { msg: 'x', status: 'two\nlines', n: 3, on: true, no: null, note: 'two words' },
      'x status="two\\nlines" n=3 on=true no=null note="two words"',
    ],
    [
      'a long list',
      { msg: 'x', topics: ['order.created', 'order.status.changed', 'a', 'b'] },
      'x topics=order.created,+3',
    ],
    ['a list of ambiguous values', { msg: 'x', list: ['a,b', 'c'], none: [] }, 'x list=["a,b","c"] none=[]'],
    [
      'ids, those for tracing last',
      {
        msg: 'x',
        traceId: IDS.traceId,
        spanId: 'b7ad6b7169203331',
        userId: IDS.requestId,
        requestId: 'mine',
        orderId: 'o1',
        n: 1,
      },
      'x orderId=o1 n=1 request=mine user=e24826a1 trace=8b3d5661 span=b7ad6b71',
    ],
    ['a message of another logger', { message: 'x', n: 1 }, 'x n=1'],
    ['the service of another log', { msg: 'x', service: 'cron' }, 'x service=cron'],
    [
      'unusual names',
      { msg: 'x', 'a b': 1, 'c\u001b[2J': 2, 'd\u009b': 3 },
      'x "a b"=1 "c\\u001b[2J"=2 "d\\u009b"=3',
    ],
  ])('shows %s', (...[, fields, expected]) => expect(textOf(fields)).toBe(expected));

  it('shows everything in the wide format', () => {
    const fields = {
      ...IDS,
      ...CALL,
      pid: 1,
      hostname: 'h',
      topics: ['order.created', 'order.status.changed', 'x'],
    };
    expect(pretty(entry(record(fields)), { wide: true, columns: 80 })).toEqual([
      `2026-01-01 12:01:02.345 order-service   INFO  call ProductController.listProducts OK 157.3 ms service=order-service context=Grpc pid=1 hostname=h topics=["order.created","order.status.changed","x"] requestId=${IDS.requestId} traceId=${IDS.traceId}`,
    ]);
  });

  it.each<[number, object, string]>([
    [
      120,
      CALL,
      '12:01:02.345 order-service   INFO  call ProductController.listProducts OK 157 ms request=e24826a1 trace=8b3d5661',
    ],
    [
      111,
      CALL,
      '12:01:02.345 order-service   INFO  call ProductController.listProducts OK 157 ms request=e24826a1',
    ],
    [
      80,
      { ...CALL, method: 'OrderController.createOrder' },
      '12:01:02 order       INFO  call OrderController.createOrder OK 157 ms e24826a1',
    ],
    [
      80,
      { ...CALL, method: 'ProductController.checkProductStock' },
      '12:01:02 order       INFO  call ProductController.checkProductStock OK 157 ms',
    ],
    [80, { msg: 'short' }, '12:01:02 order       INFO  short e24826a1 trace=8b3d5661'],
  ])('fits a screen of %i columns, without ids if necessary', (...[columns, fields, expected]) => {
    expect(pretty(entry(record({ ...IDS, ...fields })), { columns })).toEqual([expected]);
    expect(expected.length).toBeLessThanOrEqual(columns);
  });

  it('shortens names on a narrow screen, and keeps replicas distinct', () => {
    const services = ['order-service', 'order-service-2', 'recommendation-engine', '-service'];
    const names = services.map((service) =>
      pretty({ ...entry('x'), service }, { services, columns: 80 })[0]!.slice(9),
    );
    expect(names).toEqual([
      'order            x',
      'order-2          x',
      'recommendation-… x',
      '-service         x',
    ]);
  });

  it('has the colour of its service and level, and dim ids', () => {
    const [text] = pretty(entry(record({ level: 'fatal', msg: 'x', ...IDS })), { colours: COLOURED });
    expect(text).toContain('\u001b[34morder-service  \u001b[39m');
    expect(text).toContain('\u001b[35mFATAL\u001b[39m x \u001b[90mrequest=e24826a1\u001b[39m');
  });
});

describe('an entry of several lines', () => {
  const GUTTER = '             order-service   ';

  it('has a gutter beside its message, the stacks of its errors and its continuation lines', () => {
    const cause = { type: 'Error', message: 'below', stack: 'Error: below\n    at g' };
    const err = { type: 'Error', message: 'boom', stack: 'Error: boom\n    at f', code: '28P01', cause };
    const text = record({ level: 50, msg: 'first\n  second\n', n: 1, err });
    expect(pretty(entry(text, '    at h', '', 'Caused by: y'))).toEqual([
      '12:01:02.345 order-service   ERROR first n=1 err.code=28P01',
      `${GUTTER}    second`,
      `${GUTTER}  Error: boom`,
      `${GUTTER}      at f`,
      `${GUTTER}  Caused by: Error: below`,
      `${GUTTER}      at g`,
      `${GUTTER}    at h`,
      GUTTER.trimEnd(),
      `${GUTTER}Caused by: y`,
    ]);
  });

  it('shows an error without a stack, and the stack that Nest logs without an error', () => {
    const err = { type: 'Error', message: 'boom' };
    expect(pretty(entry(record({ msg: 'x', err, stack: 'Error: y\n    at z' }))).slice(1)).toEqual([
      `${GUTTER}  Error: y`,
      `${GUTTER}      at z`,
      `${GUTTER}  boom`,
    ]);
  });
});

describe('the output of a service', () => {
  const RED = '\u001b[31m';
  const LINES = [
    `${RED}red one`,
    '  red two\u001b[0m',
    '  progress 10%\rprogress 100%',
    '  \u001b[2J\u001b[Hcleared\u0007',
    '\t\u001b]0;title\u0007end',
  ];

  it('cannot control the terminal', () => {
    expect(pretty(entry(...LINES))).toEqual([
      '12:01:02.345 order-service   red one',
      '             order-service     red two',
      '             order-service     progress 10%',
      '             order-service   progress 100%',
      '             order-service     cleared',
      '             order-service           end',
    ]);
  });

  it('keeps its colours out of the gutter', () => {
    const lines = pretty(entry(...LINES), { colours: COLOURED });
    expect(lines.slice(0, 3)).toEqual([
      `\u001b[90m12:01:02.345\u001b[39m \u001b[34morder-service  \u001b[39m ${RED}red one\u001b[0m`,
      `             \u001b[34morder-service  \u001b[39m ${RED}  red two\u001b[0m`,
      `             \u001b[34morder-service  \u001b[39m   progress 10%`,
    ]);
    const [colouredMessage] = pretty(entry(record({ msg: `${RED}x`, n: 1 })), { colours: COLOURED });
    expect(colouredMessage!.endsWith('x\u001b[0m \u001b[90mn=\u001b[39m1')).toBe(true);
  });

  const anyLine = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('utf8')),
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()).map((fields) => record(fields)),
    fc
      .string({ unit: 'binary' })
      .map((msg) => record({ msg, method: msg, err: { message: msg, stack: msg } })),
  );
  const anyEntry = fc
    .array(anyLine, { minLength: 1, maxLength: 4 })
    .map((lines) => entry(...lines.join('\n').split('\n')));

  it('never contains control characters, and has a gutter on every line', () => {
    const property = fc.property(
      anyEntry,
      fc.constantFrom(40, 80, 120, Infinity),
      fc.boolean(),
      (from, columns, wide) => {
        const [first, ...rest] = pretty(from, { columns, wide });
        for (const line of [first!, ...rest]) expect(line).not.toMatch(/\p{Cc}/u);
        expect(first).toMatch(/^(2026-01-01 )?12:01:02(\.345)? order/);
        for (const line of rest) expect(line).toMatch(/^ {9,24}order/);
      },
    );
    fc.assert(property);
  });

  it('contains only the control characters of colours on a terminal', () => {
    // eslint-disable-next-line no-control-regex
    const colour = /\u001b\[[\d;:]+m/g;
    const property = fc.property(anyEntry, (from) => {
      const [first, ...rest] = pretty(from, { colours: COLOURED });
      for (const line of [first!, ...rest]) expect(line.replace(colour, '')).not.toMatch(/\p{Cc}/u);
      const gutter = `${' '.repeat(13)}\u001b[34morder-service  \u001b[39m`;
      for (const line of rest) expect(line.slice(0, gutter.length)).toBe(gutter);
    });
    fc.assert(property);
  });

  it('may be nested too deep to be printed', () => {
    const deep = `{"msg":"deep","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    expect(pretty(entry(deep))).toEqual(['12:01:02.345 order-service   INFO  deep x=…']);
  });
});

describe('entries as JSON', () => {
  it('are unchanged if they are JSON, and otherwise the msg of an object', () => {
    const text = `{"msg":"x",  "n": 1.0}`;
    const time = TIME.toISOString();
    expect(jsonLines(entry(text)).split('\n')).toEqual([text]);
    expect(jsonLines(entry(text, '  at x', '  at y')).split('\n')).toEqual([
      text,
      JSON.stringify({ time, service: 'order-service', msg: '  at x\n  at y' }),
    ]);
    expect(jsonLines({ ...entry('\u001b[31mError', '  at x'), time: 0 })).toBe(
      '{"service":"order-service","msg":"\\u001b[31mError\\n  at x"}',
    );
  });

  it('never contain control characters', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const line of jsonLines(entry(text, record({ msg: text }))).split('\n')) {
        expect(line).not.toMatch(/\p{Cc}/u);
        JSON.parse(line);
      }
    });
    fc.assert(property);
  });
});
