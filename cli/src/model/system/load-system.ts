import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { checkCycles } from './cycles.js';
import { draftOf } from './draft.js';
import { parseDuration } from './duration.js';
import { SYSTEM_FILE } from './find-root.js';
import { isWithin } from './is-within.js';
import { model } from './model.js';
import { checkPortsAndPaths, defaultHealthPort } from './ports-and-paths.js';
import { checkReferences } from './references.js';
import { readText } from './read-file.js';
import { check } from './shape.js';
import { YamlSource } from './yaml-source.js';
import type { Draft, DraftEnvironment, DraftService } from './draft.js';
import type { LoadedFrom } from './remembered-system.js';
import type { Problem } from './yaml-source.js';
import type { Environment, Service, System } from './system.js';

/**
 * Loads and checks the system in a folder. Throws NO_SYSTEM, or CONFIG_INVALID with all problems.
 * @param onLoaded told what the system was loaded from
 */
export function loadSystem(root: string, onLoaded?: (loaded: LoadedFrom) => void): System {
  const file = join(root, SYSTEM_FILE);
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MsxError('NO_SYSTEM', { folder: root });
    throw error;
  }
  const paths: Record<string, boolean> = {};
  const exists = (path: string) => (paths[resolve(root, path)] ??= existsSync(resolve(root, path)));
  const system = parseSystem(text, root, exists);
  onLoaded?.({ text, paths, system });
  return system;
}

/**
 * Parses the text of an msx.yaml; `exists` checks paths relative to the root. Throws CONFIG_INVALID with all problems.
 */
export function parseSystem(text: string, root: string, exists: (path: string) => boolean): System {
  const source = new YamlSource(SYSTEM_FILE, text);
  const problems = source.syntaxProblems();
  if (problems.length > 0) throw invalid(problems);
  const value = valueOf(source);
  const draft = draftOf(value, model);
  const mistakes = [
    ...check(value, model),
    ...checkReferences(draft),
    ...checkCycles(draft),
    ...checkPortsAndPaths(draft, exists),
  ];
  if (mistakes.length > 0) throw invalid(mistakes.map((mistake) => source.problem(mistake)));
  return systemOf(draft, resolve(root));
}

function valueOf(source: YamlSource): unknown {
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

/** Converts a draft without mistakes, in which all required values are present. */
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
      ...(topic!.configs && { configs: topic!.configs }),
    })),
    ...(draft.auth?.issuer !== undefined && { auth: { issuer: draft.auth.issuer } }),
    docker: {
      network: draft.docker.network ?? `${draft.name}_default`,
      images: draft.docker.images ?? draft.name!,
      node: draft.docker.node!,
    },
    kubernetes: definedOnly(draft.kubernetes) as unknown as System['kubernetes'],
    environments: Object.fromEntries(
      Object.entries(draft.environments).map(([name, environment]) => [name, environmentOf(environment!)]),
    ),
    services: Object.entries(draft.services).map(([name, service]) => serviceOf(name, service!, root)),
    protoFolder: resolve(root, draft.proto.folder!),
    stubOptions: (draft.proto.options ?? []) as string[],
    ...restartRule(draft.dev.restartAfter!),
    ...logFoldersOf(root, draft.logs.directory!),
  };
}

function restartRule(after: string): Pick<System, 'restartAfterMs'> {
  return after === 'off' ? {} : { restartAfterMs: parseDuration(after)! };
}

/** A shared folder outside the system, such as /tmp, only gets links: the logs themselves stay in the system. */
function logFoldersOf(root: string, directory: string): Pick<System, 'logFolder' | 'logLinks'> {
  const folder = resolve(root, directory);
  if (isWithin(root, folder)) return { logFolder: folder };
  return { logFolder: join(root, '.msx/logs'), logLinks: folder };
}

function environmentOf({ kubernetes, kafka, databases }: DraftEnvironment): Environment {
  return {
    kubernetes: definedOnly(kubernetes ?? {}),
    ...(kafka && { kafka: kafka as Environment['kafka'] }),
    databases: databases as Environment['databases'],
  };
}

const definedOnly = (values: object) =>
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
