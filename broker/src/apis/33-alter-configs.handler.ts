import { alterConfigs } from './33-alter-configs.js';
import { alterConfig, checkResource } from './alter-config.js';
import type { Handler } from './handler.js';

/** A setting that is not listed is reset to its default. */
export const answerAlterConfigs: Handler<typeof alterConfigs> = ({ resources, validateOnly }, context) => ({
  responses: resources.map((resource) =>
    alterConfig(
      resource,
      () => {
        const { configs } = resource;
        const missing = configs.filter(({ value }) => value === null);
        checkResource(
          resource,
          resources,
          missing.map(({ name }) => name),
        );
        return Object.fromEntries(configs.map(({ name, value }) => [name, value!]));
      },
      { ...context, validateOnly },
    ),
  ),
});
