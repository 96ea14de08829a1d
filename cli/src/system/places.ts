import { join } from 'node:path';
import type { Draft } from './draft.js';
import type { Mistake, Path } from './shape.js';

const HEALTH_PORT_OFFSET = 1000;

/** The port of the plain HTTP health checks of a service that names none. */
export const defaultHealthPort = (port: number): number => port + HEALTH_PORT_OFFSET;

/** Ports and folders that two claim, and folders and files that are not there. `exists` takes paths below the root. */
export function checkPlaces(draft: Draft, exists: (path: string) => boolean): Mistake[] {
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
    ...onePerPlace(doubles(claims, (value) => `port ${value}`)),
    ...tooHigh.map(({ value, who, path }) => wrong(path, `${who} would get port ${value}: set healthPort`)),
  ];
}

function checkFolders(draft: Draft, exists: (path: string) => boolean): Mistake[] {
  const claims = Object.entries(draft.services).flatMap(([who, service]): Claim[] =>
    service?.path ? [{ value: join(service.path, '.'), who, path: ['services', who, 'path'] }] : [],
  );
  const absent = claims.filter(({ value }) => !exists(String(value)));
  return [
    ...doubles(claims, (value) => `the folder ${value}`),
    ...absent.map(({ value, path }) => wrong(path, `there is no folder ${value}`)),
  ];
}

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

function doubles(claims: Claim[], named: (value: number | string) => string): Mistake[] {
  return claims.flatMap(({ value, who, path }, n) => {
    const first = claims.slice(0, n).find((other) => other.value === value);
    return first ? [wrong(path, `${named(value)} of ${who} is already taken by ${first.who}`)] : [];
  });
}

/** A port that is taken has a health port, derived from it, that is taken too: that goes without saying. */
const onePerPlace = (mistakes: Mistake[]) =>
  mistakes.filter(({ path }, n) => mistakes.findIndex((other) => other.path.join() === path.join()) === n);

const wrong = (path: Path, message: string): Mistake => ({ path, at: 'value', message });
