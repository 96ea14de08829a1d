import { refuse } from './check-config.js';
import { limitNameOf } from './group-values.js';

const KINDS = ['consumer', 'share', 'streams'] as const;

/**
 * Validates the defaults of groups that a broker is started with, as GroupCoordinatorConfig does: each is within its
 * limits, and members can send a heartbeat within their session. Throws INVALID_CONFIG.
 */
export const checkGroupLimits = (valueOf: (name: string) => string): void => {
  const check = (name: string, relation: 'at least' | 'at most' | 'below', other: string): void => {
    const [value, limit] = [Number(valueOf(name)), Number(valueOf(other))];
    if (relation === 'at least' && value < limit) refuse(`${name} must be greater than or equal to ${other}`);
    if (relation === 'at most' && value > limit) refuse(`${name} must be less than or equal to ${other}`);
    if (relation === 'below' && value >= limit) refuse(`${name} must be less than ${other}`);
  };
  for (const kind of KINDS) {
    for (const setting of ['heartbeat.interval.ms', 'session.timeout.ms', 'assignment.interval.ms']) {
      const name = `${kind}.${setting}`;
      const [min, max] = [limitNameOf(name, 'min'), limitNameOf(name, 'max')];
      check(max, 'at least', min);
      check(`group.${name}`, 'at least', min);
      check(`group.${name}`, 'at most', max);
    }
    check(`group.${kind}.heartbeat.interval.ms`, 'below', `group.${kind}.session.timeout.ms`);
  }
};
