import { dirname } from 'node:path';
import { kebab, wordsOf } from '../names/words.js';
import { firstMatch, sourceTextsOf } from '../parts/find-service.js';
import type { Service, System } from '../../../model/system/system.js';

/** The controller that handles the RPCs of a service. */
export interface Handler {
  /** Relative to the root. */
  readonly file: string;
  readonly folder: string;
  readonly class: string;
  /** The entity of the service: `Order`. */
  readonly entity: string;
  /** The member of the controller that holds the `OrderService`: `orders`. */
  readonly member: string | undefined;
  /** Whether an entity can be loaded by its id and converted to its message. */
  readonly canGet: boolean;
  /** The function of the fixture that creates an entity, if there is one. */
  readonly fixture: string | undefined;
}

/** Finds the controller of a contract's service, in whatever file it is. */
export function findHandler(system: System, service: Service, contract: string): Handler | undefined {
  const sources = sourceTextsOf(system, service);
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
