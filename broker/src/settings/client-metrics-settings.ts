import { int, list, type Settings } from './setting.js';

/** The settings of client metrics subscriptions (ClientMetricsConfigs, KIP-714). */
export const clientMetricsSettings: Settings = {
  'interval.ms': int(300_000),
  match: list(''),
  metrics: list(''),
};

/** What a subscription may select clients by. */
export const MATCH_PARAMETERS = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
];
