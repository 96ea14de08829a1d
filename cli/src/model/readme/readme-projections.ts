import { relative } from 'node:path';
import { filesIn } from '../system/file-tree.js';
import { upstreamVariable } from '../system/service-environment.js';
import type { FileTree } from '../system/file-tree.js';
import type { Projection } from '../system/projection.js';
import type { Service, System } from '../system/system.js';
import { contractsIn, eventRows, rpcRows } from './contract-rows.js';
import { errorRows } from './error-rows.js';
import { markdownTable } from './markdown-table.js';
import { fillSections, hasSections } from './sections.js';

/** READMEs of services, with their marked sections generated from msx.yaml, the contracts and the declared errors. */
export function readmeProjections(system: System, files: FileTree = filesIn(system.root)): Projection[] {
  return system.services.flatMap((service) => {
    const path = `${service.path}/README.md`;
    const text = files.read(path);
    if (text === undefined || !hasSections(text)) return [];
    return [{ path, text: fillSections(text, contentsOf(system, service, files)) }];
  });
}

function contentsOf(system: System, service: Service, files: FileTree) {
  const contracts = contractsIn(files, relative(system.root, system.protoFolder));
  const own = service.proto.flatMap((name) => contracts.get(name) ?? []);
  return {
    rpcs: table(['RPC', 'What it does'], rpcRows(own)),
    errors: errorTable(system, service, files),
    events: table(
      ['Topic', 'Direction', 'What it says'],
      eventRows(system, service, [...contracts.values()]),
    ),
    settings: table(['Setting', 'Default', 'What it is'], settingRows(service)),
  };
}

/** A gateway passes on the errors of the services that it calls, by code; gRPC statuses are of no use to its clients. */
function errorTable({ services }: System, { kind, path, calls }: Service, files: FileTree): string {
  if (kind !== 'graphql') return table(['Code', 'gRPC status', 'When'], errorRows(files, path));
  const called = services.filter(({ name }) => calls.includes(name));
  const rows = called.flatMap((service) =>
    errorRows(files, service.path).map(([code, , when]) => [code!, service.name, when!]),
  );
  return table(['Code', 'Service', 'When'], rows);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length > 0 ? markdownTable(head, rows) : 'None.';

/** The settings whose values are specific to the service. */
function settingRows({ kind, port, healthPort, database, calls }: Service): string[][] {
  const file = database && `\`sqlite:${database.file}\` in this folder`;
  return [
    ['`PORT`', String(port), `The port of ${kind === 'graphql' ? 'HTTP' : 'gRPC'}`],
    ['`HEALTH_PORT`', String(healthPort), 'The port of health and metrics over HTTP: `/health/ready`, …'],
    ...(file ? [['`DATABASE_URL`', file, 'The database; `postgres://…` for PostgreSQL']] : []),
    ...calls.map((name) => [`\`${upstreamVariable(name)}\``, 'required', `\`host:port\` of ${name}`]),
  ];
}
