import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSettings } from './local-settings.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'msx-local-'));
});
afterEach(() => rmSync(root, { recursive: true }));

it.each([
  [undefined, {}],
  ['', {}],
  ['# nothing yet\n', {}],
  ['isolated: true\n', { isolated: true }],
  ['isolated: false\n', { isolated: false }],
])('reads %j', (text, settings) => {
  if (text !== undefined) writeFileSync(join(root, 'msx.local.yaml'), text);
  expect(localSettings(root)).toEqual(settings);
});

it.each([
  ['isolated: yes\n', 'msx.local.yaml:1:11 isolated: expected true or false, not "yes"'],
  ['isolate: true\n', 'msx.local.yaml:1:1 isolate: unknown key "isolate"; did you mean "isolated"?'],
  ['- isolated\n', 'msx.local.yaml:1:1 expected a mapping, not a list'],
  ['isolated: [\n', expect.stringContaining('msx.local.yaml:')],
])('refuses %j with its place', (text, message) => {
  writeFileSync(join(root, 'msx.local.yaml'), text);
  expect(() => localSettings(root)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message }));
});
