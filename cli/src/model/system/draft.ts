import { check, isRecord } from './shape.js';
import type { Shape } from './shape.js';

/** The valid parts of the file: values of the wrong shape are left out, and defaults are filled in. */
export interface Draft {
  name?: string;
  broker: { mode?: string; port?: number; address?: string; kafka?: string };
  topics: Record<
    string,
    { message?: string; partitions?: number; configs?: Record<string, string> } | undefined
  >;
  services: Record<string, DraftService | undefined>;
  auth?: { issuer?: string };
  docker: { network?: string; images?: string; node?: number };
  kubernetes: DraftKubernetes;
  environments: Record<string, DraftEnvironment | undefined>;
  proto: { folder?: string; options?: Names };
  dev: { restartAfter?: string };
  logs: { directory?: string };
}

export interface DraftKubernetes {
  namespace?: string;
  replicas?: number;
  maxReplicas?: number;
}

export interface DraftEnvironment {
  kubernetes?: DraftKubernetes;
  kafka?: { brokers?: string };
  databases?: string;
}

export interface DraftService {
  path?: string;
  kind?: string;
  port?: number;
  healthPort?: number;
  proto?: Names;
  database?: { driver?: string; file?: string };
  needs?: Names;
  calls?: Names;
  publishes?: Names;
  consumes?: Names;
  follows?: Names;
}

/** An item that is not a string becomes undefined, so that the others keep their index. */
export type Names = (string | undefined)[];

export function draftOf(value: unknown, shape: Shape & { type: 'object' }): Draft {
  const draft = fill(value, shape) as Partial<Draft> | undefined;
  const section = (key: 'broker' | 'docker' | 'kubernetes' | 'proto' | 'dev' | 'logs') =>
    (draft?.[key] ?? fill({}, shape.properties[key]!)) as never;
  return {
    ...draft,
    broker: section('broker'),
    docker: section('docker'),
    kubernetes: section('kubernetes'),
    environments: draft?.environments ?? {},
    proto: section('proto'),
    dev: section('dev'),
    logs: section('logs'),
    topics: draft?.topics ?? {},
    services: draft?.services ?? {},
  };
}

function fill(value: unknown, shape: Shape): unknown {
  if (shape.type === 'list')
    return Array.isArray(value) ? value.map((item) => fill(item, shape.of)) : undefined;
  if (shape.type === 'map') {
    if (!isRecord(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, shape.of)]));
  }
  if (shape.type === 'object') {
    if (!isRecord(value)) return undefined;
    const fields = Object.entries(shape.properties).map(([key, field]) => [
      key,
      fill(own(value, key), field),
    ]);
    return Object.fromEntries(fields);
  }
  if (value === undefined) return 'default' in shape ? shape.default : undefined;
  return check(value, shape).length === 0 ? value : undefined;
}

const own = (record: Record<string, unknown>, key: string) =>
  Object.hasOwn(record, key) ? record[key] : undefined;
