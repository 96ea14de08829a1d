import { isAbsolute, join, sep } from 'node:path';
import type { Draft } from './draft.js';
import type { Mistake, Path } from './shape.js';

const HEALTH_PORT_OFFSET = 1000;

/** The default port of a service's HTTP health checks. */
export const defaultHealthPort = (port: number): number => port + HEALTH_PORT_OFFSET;

/** Ports and folders claimed twice, and missing folders and files. `exists` takes paths relative to the root. */
export function checkPortsAndPaths(draft: Draft, exists: (path: string) => boolean): Mistake[] {
  return [...checkPorts(draft), ...checkFolders(draft, exists), ...checkProtoFiles(draft, exists)];
}

function checkPorts(draft: Draft): Mistake[] {
  const claims: Claim[] = [];
  const claim = (value: number | undefined, who: string, path: Path) => {
    if (value !== undefined) claims.push({ value, who, path });
  };
  if (draft.broker.mode !== 'external') claim(draft.broker.port, 'the broker', ['broker', 'port']);
  for (const [name, service] of Object.entries(draft.services)) {
    const { port, healthPort } = service ?? {};
    claim(port, name, ['services', name, 'port']);
    if (healthPort !== undefined)
      claim(healthPort, `the health of ${name}`, ['services', name, 'healthPort']);
    else if (port !== undefined)
      claim(defaultHealthPort(port), `the health of ${name}`, ['services', name, 'port']);
  }
  const tooHigh = claims.filter(({ value }) => Number(value) > 65_535);
  return [
    ...onePerPath(duplicates(claims, (value) => `port ${value}`)),
    ...tooHigh.map(({ value, who, path }) =>
      wrong(path, `the default port of ${who} would be ${value}: set healthPort`),
    ),
  ];
}

function checkFolders(draft: Draft, exists: (path: string) => boolean): Mistake[] {
  const claims = Object.entries(draft.services).flatMap(([who, service]): Claim[] =>
    service?.path ? [{ value: join(service.path, '.'), who, path: ['services', who, 'path'] }] : [],
  );
  const outside = claims.filter(({ value }) => isOutside(String(value)));
  const within = claims.filter((claim) => !outside.includes(claim));
  const absent = within.filter(({ value }) => !exists(String(value)));
  return [
    ...outside.map(({ value, path }) => wrong(path, `${value} is outside of the folder of msx.yaml`)),
    ...duplicates(within, (value) => `the folder ${value}`),
    ...absent.map(({ value, path }) => wrong(path, `there is no folder ${value}`)),
  ];
}

const isOutside = (path: string): boolean => isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`);

function checkProtoFiles(draft: Draft, exists: (path: string) => boolean): Mistake[] {
  const { folder } = draft.proto;
  if (folder === undefined) return [];
  return Object.entries(draft.services).flatMap(([name, service]) =>
    (service?.proto ?? []).flatMap((file, n) =>
      file === undefined || exists(join(folder, file))
        ? []
        : [wrong(['services', name, 'proto', n], `there is no file ${join(folder, file)}`)],
    ),
  );
}

interface Claim {
  value: number | string;
  who: string;
  path: Path;
}

function duplicates(claims: Claim[], named: (value: number | string) => string): Mistake[] {
  return claims.flatMap(({ value, who, path }, n) => {
    const first = claims.slice(0, n).find((other) => other.value === value);
    return first ? [wrong(path, `${named(value)} of ${who} is already taken by ${first.who}`)] : [];
  });
}

/** A duplicate port also has a duplicate derived health port, which is not reported again. */
const onePerPath = (mistakes: Mistake[]) =>
  mistakes.filter(({ path }, n) => mistakes.findIndex((other) => other.path.join() === path.join()) === n);

const wrong = (path: Path, message: string): Mistake => ({ path, at: 'value', message });
