import type { ChannelOptions } from '@grpc/grpc-js';

/**
 * Calls go round all addresses that the name resolves to, and a server that went away is looked for again soon: gRPC's
 * own backoff grows to two minutes. What a DNS record may say of balancing is not asked for.
 */
export function channelOptions(): ChannelOptions {
  return {
    'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
    'grpc.service_config_disable_resolution': 1,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 500,
    'grpc.dns_min_time_between_resolutions_ms': 1000,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 5_000,
  };
}
