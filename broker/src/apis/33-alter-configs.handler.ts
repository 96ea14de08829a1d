import { alterConfigs } from './33-alter-configs.js';
import { alterTopic } from './alter-topic.js';
import type { Handler } from './handler.js';

/** A setting without a value is reset to its default, like one that is not listed. */
export const answerAlterConfigs: Handler<typeof alterConfigs> = ({ resources, validateOnly }, context) => ({
  responses: resources.map((resource) => {
    const config = resource.configs.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]));
    return alterTopic(resource, () => Object.fromEntries(config), { ...context, validateOnly });
  }),
});
