import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { parseFields } from '../fields/parse-fields.js';
import { nounOf } from '../names/noun.js';
import { anyRequest, validRequest } from '../requests.fixture.js';
import { projectFiles, serviceSubject } from './project-files.js';
import { readTemplates } from './read-templates.js';

jest.setTimeout(600_000);

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 15);
/** The same requests in each run, so that results are reproducible; set PROPERTY_SEED for others. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 1);
const folder = fileURLToPath(new URL('../../../../../templates', import.meta.url));
const templates = ['service', 'proto', 'gateway'].flatMap((each) => readTemplates(folder, each));

describe('any request', () => {
  it('is refused with a reason, or becomes valid code without names of the exemplar', () => {
    fc.assert(
      fc.property(validRequest, ({ entity, fields }) => {
        const model = {
          entity: nounOf(entity),
          service: ['keep', 'house'],
          system: ['realm'],
          port: 50_071,
          healthPort: 51_071,
          fields: parseFields(fields),
        };
        for (const { path, text } of projectFiles(templates, serviceSubject(model), (file) => file)) {
          expect(`${path}\n${text}`).not.toMatch(
            /garden|gnome|tool.?shed|village|#(if|each|case|end|file)\b/i,
          );
          if (path.endsWith('.ts'))
            expect({ path, wrong: syntaxErrors(path, text) }).toEqual({ path, wrong: [] });
        }
      }),
      { numRuns, seed },
    );
  });

  it('fails only with an error code and a position', () => {
    fc.assert(
      fc.property(anyRequest, ({ entity, fields }) => {
        for (const parse of [() => nounOf(entity), () => parseFields(fields)])
          try {
            parse();
          } catch (error) {
            expect(error).toBeInstanceOf(MsxError);
            expect(['NAME_INVALID', 'FIELDS_INVALID']).toContain((error as MsxError).code);
          }
      }),
      { numRuns: numRuns * 5, seed },
    );
  });

  it('accepts only letters that protobuf and GraphQL support', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (entity) => {
        fc.pre(/[^A-Za-z0-9 _-]/.test(entity));
        expect(() => nounOf(entity)).toThrow(
          /is neither a letter from a to z nor a digit|begin with a letter/,
        );
      }),
      { numRuns: numRuns * 5, seed },
    );
  });
});

function syntaxErrors(path: string, text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
    },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
