import { CLOCK_OPTION } from './clock.js';

/** Settings of the developer that would lead the processes of a copy to something that is not part of it. */
const LEADS_OUT = /^(KAFKA_|PG)|(^|_)DATABASE_URL$|^(MSX_RUN_TOKEN|PORT|HEALTH_PORT)$/;

/** The environment of the processes of a copy. Clients make their changes without signing in, as services do. */
export function copyEnvironment(own: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(own).filter(([name, value]) => value !== undefined && !LEADS_OUT.test(name));
  const options = [own['NODE_OPTIONS'], CLOCK_OPTION].filter(Boolean).join(' ');
  return { ...(Object.fromEntries(kept) as Record<string, string>), AUTH: 'optional', NODE_OPTIONS: options };
}
