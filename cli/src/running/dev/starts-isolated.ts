import { localSettings } from '../../model/system/local-settings.js';
import { MsxError } from '../../terminal/errors/msx-error.js';

/**
 * Whether a system starts isolated unless a flag says otherwise: MSX_ISOLATED, such as in a CI job, or msx.local.yaml.
 * Throws USAGE and CONFIG_INVALID.
 */
export function startsIsolated(root: string, env: NodeJS.ProcessEnv = process.env): boolean {
  const value = env['MSX_ISOLATED'];
  if (!value) return localSettings(root).isolated === true;
  if (value !== 'true' && value !== 'false')
    throw new MsxError('USAGE', {
      reason: `MSX_ISOLATED must be true or false, not "${value}"`,
      command: 'dev start',
    });
  return value === 'true';
}
