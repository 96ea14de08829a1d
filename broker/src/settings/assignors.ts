import { refuse } from './check-config.js';

const PACKAGE = 'org.apache.kafka.coordinator.group.assignor';

/** The assignors that Kafka has built in, by the names and the classes that group.consumer.assignors may list. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['uniform', 'uniform'],
  ['range', 'range'],
  [`${PACKAGE}.UniformAssignor`, 'uniform'],
  [`${PACKAGE}.RangeAssignor`, 'range'],
]);

/** The names of the assignors that a value of group.consumer.assignors lists. Throws INVALID_CONFIG, as Kafka refuses to start. */
export const assignorsIn = (value: string): string[] => {
  if (value === '')
    refuse(
      `Configuration 'group.consumer.assignors' must not be empty. Valid values include: any non-empty value`,
    );
  const names = value
    .split(',')
    .map((entry) => BUILT_IN.get(entry) ?? refuse(`Class ${entry} cannot be found`));
  return [...new Set(names)];
};
