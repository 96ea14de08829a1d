import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { isEntityType, type QuotaEntity } from './quota-entity.js';

/** What an entity must have for one type: the name, the default, or any of them (KIP-546). */
export interface QuotaFilterComponent {
  readonly entityType: string;
  readonly matchType: number;
  readonly match: string | null;
}

const [EXACT, DEFAULT, ANY] = [0, 1, 2] as const;
const NAMES = ['MATCH_TYPE_EXACT', 'MATCH_TYPE_DEFAULT', 'MATCH_TYPE_SPECIFIED'];

/** Whether an entity matches all components; a strict filter allows no other types. Throws if a component is invalid. */
export const quotaFilter = (
  components: readonly QuotaFilterComponent[],
  strict: boolean,
): ((entity: QuotaEntity) => boolean) => {
  checkComponents(components);
  return (entity) =>
    (!strict || entity.size === components.length) &&
    components.every((component) => matches(entity, component));
};

const matches = (entity: QuotaEntity, { entityType, matchType, match }: QuotaFilterComponent): boolean =>
  entity.has(entityType) && (matchType === ANY || entity.get(entityType) === match);

/** The checks of Apache Kafka's ClientQuotasImage, in its order. */
const checkComponents = (components: readonly QuotaFilterComponent[]): void => {
  const types = new Set<string>();
  for (const component of components) {
    const { entityType } = component;
    if (entityType === '') refuse('Invalid empty entity type.');
    if (types.has(entityType))
      refuse(`Entity type ${entityType} cannot appear more than once in the filter.`);
    if (!isEntityType(entityType))
      throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION, `Unsupported entity type ${entityType}`);
    checkMatch(component);
    types.add(entityType);
  }
  if (types.has('ip') && types.size > 1)
    refuse(
      'Invalid entity filter component combination. IP filter component should not be used with user or clientId filter component.',
    );
};

const checkMatch = ({ matchType, match }: QuotaFilterComponent): void => {
  if (matchType === EXACT && match === null)
    refuse(`Request specified ${NAMES[EXACT]}, but set match string to null.`);
  if ((matchType === DEFAULT || matchType === ANY) && match !== null)
    refuse(`Request specified ${NAMES[matchType]}, but also specified a match string.`);
  if (!NAMES[matchType]) refuse(`Unknown match type ${matchType}`);
};

const refuse = (message: string): never => {
  throw new KafkaError(ErrorCode.INVALID_REQUEST, message);
};
