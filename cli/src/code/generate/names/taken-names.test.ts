import { describe, expect, it } from '@jest/globals';
import * as wellKnown from '@bufbuild/protobuf/wkt';
import { Client } from '@grpc/grpc-js';
import { OperationTypeNode, specifiedScalarTypes } from 'graphql';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { statementsOf } from '../edits/syntax.js';
import { readTemplates } from '../projection/read-templates.js';
import { scopesIn } from './identifiers.js';
import {
  CLIENT_METHODS,
  GRAPHQL_TYPES,
  METADATA_TYPES,
  STUB_NAMES,
  WELL_KNOWN_TYPES,
} from './taken-names.js';

const templates = fileURLToPath(new URL('../../../../../templates', import.meta.url));
const read = (file: string) => readFileSync(join(templates, file), 'utf8');
const inOrder = (names: Iterable<string>) => [...new Set(names)].sort();

/** The messages in the contracts of the exemplar that exist only so that its slices compile. */
const examples = readTemplates(templates, 'proto')
  .flatMap(({ pieces }) => pieces)
  .flatMap((piece) => (piece.kind === 'if' && piece.condition === 'example' ? piece.pieces : []))
  .flatMap((piece) => (piece.kind === 'text' ? (/^message (\w+)/.exec(piece.text)?.[1] ?? []) : []));

describe('the names in use', () => {
  it('are those in stubs', () => {
    const stubs = ['garden_gnome.ts', 'garden_gnome_events.ts'].map((file) =>
      read(`service/src/gen/${file}`),
    );
    const names = stubs.flatMap((text) => [...scopesIn(statementsOf(text)!)[0]!]);
    expect(STUB_NAMES).toEqual(
      inOrder(names.filter((name) => !examples.some((each) => name.includes(each)))),
    );
  });

  it('are those of google.protobuf types that contracts use', () => {
    const all = Object.values(
      wellKnown as unknown as Record<string, { file?: { name: string }; name: string }>,
    );
    const types = all.filter(
      ({ file }) => file?.name.startsWith('google/protobuf/') && !ABOUT_CONTRACTS.test(file.name),
    );
    expect(WELL_KNOWN_TYPES).toEqual(inOrder(types.map(({ name }) => name)));
  });

  it('are those of GraphQL', () => {
    const roots = Object.values(OperationTypeNode).map(
      (name) => name.charAt(0).toUpperCase() + name.slice(1),
    );
    const scalars = specifiedScalarTypes.map(({ name }) => name);
    expect(GRAPHQL_TYPES).toEqual(inOrder([...scalars, ...roots, ...gatewayTypes()]));
  });

  it('are those of gRPC clients', () => {
    const methods = Object.getOwnPropertyNames(Client.prototype).filter((name) => name !== 'constructor');
    expect(CLIENT_METHODS).toEqual(inOrder(methods.filter((name) => !/^check/.test(name))));
  });

  it('are those that the compiler emits for decorators', () => {
    const files = ['service/src', 'gateway/src'].flatMap((folder) =>
      readdirSync(join(templates, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.startsWith('gen/'))
        .map((file) => `${folder}/${file}`),
    );
    const written = files.flatMap((file) => [
      ...compiled(read(file)).matchAll(/__metadata\("design:\w+", (.*)\)/g),
    ]);
    const types = written.flatMap(([, type = '']) => type.match(/\b[A-Z]\w*/g) ?? []);
    const globals = types.filter((type) => type in globalThis);
    expect(METADATA_TYPES).toEqual(inOrder([...globals, 'Function']));
  });
});

/** The types that @msx/gateway declares itself, except those of federation, which begin with an underscore. */
function gatewayTypes(): string[] {
  const models = fileURLToPath(new URL('../../../../../gateway/src/models', import.meta.url));
  const texts = readdirSync(models).map((file) => readFileSync(join(models, file), 'utf8'));
  const declared = /@Scalar\('(\w+)'|@ObjectType\(\{ description[^]*?export class (\w+)/g;
  return texts.flatMap((text) => [...text.matchAll(declared)].map(([, scalar, type]) => (scalar ?? type)!));
}

/** Files that describe contracts and are not used in any. */
const ABOUT_CONTRACTS = /\/(descriptor|api|type|source_context|(cpp|go|java)_features|compiler\/plugin)$/;

const compiled = (text: string) =>
  ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  }).outputText;
