import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeControls } from './escape-controls.js';
import { safeLines } from './safe-lines.js';

// eslint-disable-next-line no-control-regex
const COLOUR = /\u001b\[[\d;:]+m/g;
const coloured = (text: string) => safeLines(text, { colours: true });
const plain = (text: string) => safeLines(text, { colours: false });

describe('text from any program', () => {
  it.each<[string, string, string[]]>([
    ['a colour over two lines', '\u001b[31mred one\nred two\u001b[0m', ['red one', 'red two']],
    ['progress', 'progress 10%\rprogress 100%', ['progress 10%', 'progress 100%']],
    ['line ends of Windows', 'a\r\nb', ['a', 'b']],
    ['a cleared screen and a bell', '\u001b[2J\u001b[Hcleared\u0007', ['cleared']],
    ['a title', '\u001b]0;owned\u0007text', ['text']],
    ['a hyperlink', '\u001b]8;;http://x.test\u001b\\link\u001b]8;;\u001b\\', ['link']],
    ['a title that never ends', '\u001b]0;text', ['0;text']],
    ['sequences of one character', '\u009b2Ja\u009dtitle\u009cb', ['ab']],
    ['a sequence around a control character', '\u001b\u0007[2J', ['[2J']],
    ['a terminal reset, and a character set', '\u001bca\u001b(0b', ['ab']],
    ['a terminal mode that looks like a colour', '\u001b[>4;1mx', ['x']],
    ['a backspace and a delete', 'ab\b\u007fc', ['abc']],
    ['reordered text', 'a\u202eb\u2066c', ['abc']],
    ['tabs, behind wide characters too', '\ta\tb\n日本\tc', ['        a       b', '日本    c']],
    ['a last line end', 'a\n', ['a', '']],
    ['nothing', '', ['']],
  ])('loses its terminal control sequences: %s', (...[, text, expected]) =>
    expect(plain(text)).toEqual(expected),
  );

  it.each<[string, string, string[]]>([
    [
      'ends with each line and starts again on the next',
      '\u001b[31mone\ntwo\u001b[0m\nthree',
      ['\u001b[31mone\u001b[0m', '\u001b[31mtwo\u001b[0m', 'three'],
    ],
    [
      'keeps parameters together that form one colour',
      '\u001b[1;38;2;1;2;3;48;5;9mx\ny',
      ['\u001b[1;38;2;1;2;3;48;5;9mx\u001b[0m', '\u001b[1;38;2;1;2;3;48;5;9my\u001b[0m'],
    ],
    ['may be written with colons', '\u001b[38:2::1:2:3mx', ['\u001b[38:2::1:2:3mx\u001b[0m']],
    ['ends with its own off code', '\u001b[31;1mx\u001b[39;22m\ny', ['\u001b[31;1mx\u001b[39;22m', 'y']],
    ['is dropped if it hides text', '\u001b[8mx\u001b[5my', ['xy']],
    ['is dropped if it is incomplete', '\u001b[38;2;1mx', ['x']],
    ['needs no parameter to end', '\u001b[31mx\u001b[m', ['\u001b[31mx\u001b[0m']],
  ])('a colour %s', (...[, text, expected]) => expect(coloured(text)).toEqual(expected));

  const anything = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b',
        '\u001b[',
        '\u009b',
        '\u001b]0;',
        '\u009d',
        'm',
        '31',
        ';',
        '\r',
        '\u0007',
        '\t',
      ),
    ),
  );

  it('has no control characters left', () => {
    const property = fc.property(anything, (parts) => {
      expect(plain(parts.join('')).join('')).not.toMatch(/\p{Cc}/u);
    });
    fc.assert(property);
  });

  it('has only colours left, each ended with its line', () => {
    const property = fc.property(anything, (parts) => {
      for (const line of coloured(parts.join(''))) {
        const colours = line.match(COLOUR) ?? [];
        expect(line.replace(COLOUR, '')).not.toMatch(/\p{Cc}/u);
        if (colours.length > 0) expect(colours.at(-1)).toMatch(/[[;](0|[2-5][2-9])m$/);
      }
    });
    fc.assert(property);
  });

  it('is processed in linear time', () => {
    for (const part of ['\u009d', '\u001b]x', '\u001b[1', '\u001b[31m', '\t'])
      expect(plain(part.repeat(50_000)).length).toBe(1);
  }, 5_000);
});

describe('JSON with control characters', () => {
  it('parses to the same value without them', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = JSON.stringify({ text });
      expect(escapeControls(json)).not.toMatch(/\p{Cc}/u);
      expect(JSON.parse(escapeControls(`\r${json}\r`))).toEqual({ text });
    });
    fc.assert(property);
  });
});
