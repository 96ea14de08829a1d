import { brokerText } from '../dev/run-mode.js';
import type { RunMode } from '../dev/run-mode.js';

/** The mode of a system in a few words. */
export const modeText = ({ mode, broker, tls, watch }: RunMode): string =>
  [
    `${mode} mode`,
    brokerText(broker),
    ...(tls ? ['mutual TLS'] : []),
    ...(watch ? ['watching edits'] : []),
  ].join(' · ');
