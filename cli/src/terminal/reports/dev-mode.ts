import { brokerText } from '../../running/dev/run-mode.js';
import type { RunMode } from '../../running/dev/run-mode.js';

/** The mode of a system in a few words. */
export const modeText = ({ mode, broker, tls, watch, isolated, inspect = [] }: RunMode): string =>
  [
    `${mode} mode`,
    brokerText(broker),
    ...(isolated ? ['isolated'] : []),
    ...(tls ? ['mutual TLS'] : []),
    ...(watch ? ['watching for edits'] : []),
    ...(inspect.length > 0 ? [`inspectors of ${inspect.join(', ')}`] : []),
  ].join(' · ');
