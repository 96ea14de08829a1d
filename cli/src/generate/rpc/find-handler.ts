import { dirname } from 'node:path';
import { kebab, wordsOf } from '../names/words.js';
import { firstMatch, sourcesOf } from '../parts/find-service.js';
import type { Service, System } from '../../system/system.js';

/** What answers the RPCs of a service, and what stands behind it. */
export interface Handler {
  /** Relative to the root. */
  readonly file: string;
  readonly folder: string;
  readonly class: string;
  /** What the service keeps: `Order`. */
  readonly entity: string;
  /** Where the controller has the `OrderService`: `orders`. */
  readonly member: string | undefined;
  /** Whether an entity can be got by its id, and turned into its message. */
  readonly canGet: boolean;
  /** Whether there is a fixture that makes an entity. */
  readonly fixture: string | undefined;
}

/** The controller of a contract's service, wherever a person has put it. */
export function findHandler(system: System, service: Service, contract: string): Handler | undefined {
  const sources = sourcesOf(system, service);
  const found = firstMatch(sources, new RegExp(`class (\\w+) implements [^{]*\\b${contract}\\b`));
  if (!found) return undefined;
  const { file, text, match } = found;
  const folder = dirname(file);
  const entity = contract.replace(/Service$/, '');
  const base = `${folder}/${kebab(wordsOf(entity))}`;
  const member = new RegExp(`readonly (\\w+): ${entity}Service\\b`).exec(text)?.[1];
  const has = (path: string, pattern: RegExp) => pattern.test(sources.get(path) ?? '');
  const canGet =
    member !== undefined &&
    has(`${base}.service.ts`, /^ {2}async get\(id: string\)/m) &&
    has(`${base}.message.ts`, /^export function toMessage\b/m);
  const fixture = new RegExp(`^export const (\\w+) = \\(fields: Partial<${entity}Fields>`, 'm').exec(
    sources.get(`${base}.fixture.ts`) ?? '',
  )?.[1];
  return { file, folder, class: match[1]!, entity, member, canGet, fixture };
}
