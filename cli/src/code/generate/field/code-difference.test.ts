import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { applyEdits } from '../edits/apply-edits.js';
import { parseFields } from '../fields/parse-fields.js';
import { nounOf } from '../names/noun.js';
import { isForSlices, projectFiles, serviceSubject } from '../projection/project-files.js';
import { readTemplates } from '../projection/read-templates.js';
import { codeDifference } from './code-difference.js';

const templates = ['service', 'gateway']
  .flatMap((folder) =>
    readTemplates(fileURLToPath(new URL('../../../../../templates', import.meta.url)), folder),
  )
  .filter((template) => template.file.endsWith('.ts') && !isForSlices(template));

const filesWith = (fields: string) => {
  const model = {
    ...{ entity: nounOf('parcel'), service: ['depot'], system: ['shop'], port: 1, healthPort: 2 },
    fields: fields ? parseFields(fields) : [],
  };
  const files = projectFiles(templates, serviceSubject(model), (file) =>
    file.includes('/migrations/') ? undefined : file,
  );
  return new Map(files.map(({ path, text }) => [path, text]));
};

/** Names, in any order of imports and without layout. */
const essence = (text: string) =>
  text
    .replace(/[\s,;()]+/g, ' ')
    .split(' ')
    .sort()
    .join(' ');

// The templates are the only source of what a field needs: a new place in them has to be reached, too.
describe('the difference that a field makes', () => {
  it.each([
    'carrier:string',
    "homeTown:string=it's",
    'stops:int=3',
    'price:money',
    'dueAt:datetime',
    'grade:enum(good|veryBad)',
    'tags:string[]',
  ])('%s makes of a service without it one with it', async (field) => {
    const [before, after] = [filesWith('label:string!'), filesWith(`label:string!,${field}`)];
    const [none, alone] = [filesWith(''), filesWith(field)];
    const owner = parseFields(field)[0]!.name;
    for (const [path, text] of before) {
      if (none.get(path) === alone.get(path)) continue;
      const edits = codeDifference({ file: path, before: none.get(path)!, after: alone.get(path)!, owner });
      const { texts, byHand } = await applyEdits(edits, () => text, 'add');
      expect(byHand).toEqual([]);
      expect(essence(texts.get(path) ?? text)).toBe(essence(after.get(path)!));
      const gone = edits.map((edit) => ({ ...edit, gone: true as const })).reverse();
      const without = await applyEdits(gone, () => texts.get(path) ?? text, 'add');
      expect(essence(without.texts.get(path) ?? texts.get(path) ?? text)).toBe(essence(text));
    }
  });
});
