import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { checkCycles } from './cycles.js';
import { draftOf } from './draft.js';
import { SYSTEM_FILE } from './find-root.js';
import { model } from './model.js';
import { checkPlaces, defaultHealthPort } from './places.js';
import { checkReferences } from './references.js';
import { readText } from './read-file.js';
import { check } from './shape.js';
import { Source } from './source.js';
import type { Draft, DraftEnvironment, DraftService } from './draft.js';
import type { Problem } from './source.js';
import type { Environment, Service, System } from './system.js';

/** Reads and checks the system of a folder. Throws NO_SYSTEM, or CONFIG_INVALID with all that is wrong. */
export function loadSystem(root: string): System {
  const file = join(root, SYSTEM_FILE);
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MsxError('NO_SYSTEM', { folder: root });
    throw error;
  }
  return parseSystem(text, root, (path) => existsSync(resolve(root, path)));
}

/** The system that a text describes; `exists` tells which paths, relative to the root, are there. */
export function parseSystem(text: string, root: string, exists: (path: string) => boolean): System {
  const source = new Source(SYSTEM_FILE, text);
  const problems = source.syntaxProblems();
  if (problems.length > 0) throw invalid(problems);
  const value = valueOf(source);
  const draft = draftOf(value, model);
  const mistakes = [
    ...check(value, model),
    ...checkReferences(draft),
    ...checkCycles(draft),
    ...checkPlaces(draft, exists),
  ];
  if (mistakes.length > 0) throw invalid(mistakes.map((mistake) => source.problem(mistake)));
  return systemOf(draft, resolve(root));
}

function valueOf(source: Source): unknown {
  try {
    return source.value();
  } catch (error) {
    throw invalid([source.problem({ path: [], at: 'value', message: (error as Error).message })]);
  }
}

function invalid(problems: Problem[]): MsxError<'CONFIG_INVALID'> {
  const inOrder = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  return new MsxError('CONFIG_INVALID', { problems: inOrder });
}

/** Of a draft without mistakes, in which nothing required is absent. */
function systemOf(draft: Draft, root: string): System {
  const { port, mode, kafka } = draft.broker as System['broker'];
  return {
    name: draft.name!,
    root,
    broker: { mode, port, kafka, address: draft.broker.address ?? `127.0.0.1:${port}` },
    topics: Object.entries(draft.topics).map(([name, topic]) => ({
      name,
      message: topic!.message!,
      partitions: topic!.partitions!,
    })),
    ...(draft.auth?.issuer !== undefined && { auth: { issuer: draft.auth.issuer } }),
    docker: {
      network: draft.docker.network ?? `${draft.name}_default`,
      images: draft.docker.images ?? draft.name!,
      node: draft.docker.node!,
    },
    kubernetes: given(draft.kubernetes) as unknown as System['kubernetes'],
    environments: Object.fromEntries(
      Object.entries(draft.environments).map(([name, environment]) => [name, environmentOf(environment!)]),
    ),
    services: Object.entries(draft.services).map(([name, service]) => serviceOf(name, service!, root)),
    protoFolder: resolve(root, draft.proto.folder!),
    stubOptions: (draft.proto.options ?? []) as string[],
    logFolder: resolve(root, draft.logs.directory!),
  };
}

function environmentOf({ kubernetes, kafka, databases }: DraftEnvironment): Environment {
  return {
    kubernetes: given(kubernetes ?? {}),
    ...(kafka && { kafka: kafka as Environment['kafka'] }),
    databases: databases as Environment['databases'],
  };
}

const given = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined));

function serviceOf(name: string, draft: DraftService, root: string): Service {
  const { path, kind, port, healthPort, database, proto, needs, calls, publishes, consumes, follows } =
    draft as Partial<Service>;
  return {
    name,
    path: path!,
    folder: resolve(root, path!),
    kind: kind!,
    port: port!,
    healthPort: healthPort ?? defaultHealthPort(port!),
    ...(database && { database }),
    proto: proto ?? [],
    needs: needs ?? [],
    calls: calls ?? [],
    publishes: publishes ?? [],
    consumes: consumes ?? [],
    follows: follows ?? [],
  };
}
