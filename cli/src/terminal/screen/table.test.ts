import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Ansis } from 'ansis';
import { table } from './table.js';
import { widthOf } from '../text/text-width.js';
import type { Column } from './table.js';

const plain = new Ansis(0);
const coloured = new Ansis(3);
const columns: Column[] = [
  { heading: 'SERVICE' },
  { heading: 'LOG', optional: true },
  { heading: 'PID' },
  { heading: 'WHY' },
];
const rows = [
  ['order-service', '/tmp/order-service.log', '4711', 'it waits for kafka (connection refused)'],
  ['kafka', '/tmp/kafka.log', '', ''],
];

describe('a table', () => {
  const { isTTY, columns: before } = process.stdout;
  const onScreen = (width: number) =>
    Object.assign(process.stdout, { isTTY: true, columns: width }) && table(columns, rows, plain);
  beforeEach(() => void jest.restoreAllMocks());
  afterEach(() => void Object.assign(process.stdout, { isTTY, columns: before }));

  it('has no maximum width without a terminal', () => {
    Object.assign(process.stdout, { isTTY: undefined, columns: undefined });
    expect(table(columns, rows, plain)).toBe(onScreen(500));
    expect(onScreen(500).split('\n')[1]).toBe(
      'order-service  /tmp/order-service.log  4711  it waits for kafka (connection refused)',
    );
  });

  it('first leaves out optional columns', () => {
    expect(onScreen(70)).toBe(
      [
        'SERVICE        PID   WHY',
        'order-service  4711  it waits for kafka (connection refused)',
        'kafka',
      ].join('\n'),
    );
  });

  it('wraps the last column', () => {
    expect(onScreen(50)).toBe(
      [
        'SERVICE        PID   WHY',
        'order-service  4711  it waits for kafka',
        '                     (connection refused)',
        'kafka',
      ].join('\n'),
    );
  });

  it('cuts the last column if requested', () => {
    Object.assign(process.stdout, { isTTY: true, columns: 30 });
    expect(
      table(['PID', { heading: 'COMMAND', cut: true }], [['4711', '/usr/bin/node dist/main.js']], plain),
    ).toBe('PID   COMMAND\n4711  /usr/bin/node dist/main…');
  });

  it('becomes blocks, without empty cells', () => {
    expect(onScreen(30)).toBe(
      [
        'order-service',
        '  PID  4711',
        '  WHY  it waits for kafka',
        '       (connection refused)',
        'kafka',
      ].join('\n'),
    );
  });

  it.each([120, 80, 40, 20])('has no line longer than %i columns, and closes its colours', (width) => {
    Object.assign(process.stdout, { isTTY: true, columns: width });
    const painted = rows.map((row) => row.map((cell) => coloured.red(cell)));
    for (const line of table(columns, painted, coloured).split('\n')) {
      expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(Math.max(...['39m', '0m'].map((end) => line.lastIndexOf(`[${end}`)))).toBeGreaterThanOrEqual(
        line.lastIndexOf('[31m'),
      );
    }
  });

  it('counts wide characters as two columns', () => {
    Object.assign(process.stdout, { isTTY: true, columns: 40 });
    expect(
      table(
        ['A', 'B'],
        [
          ['日本', 'x'],
          ['abcd', 'y'],
        ],
        plain,
      ),
    ).toBe('A     B\n日本  x\nabcd  y');
  });
});
