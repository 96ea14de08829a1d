import { status } from '@grpc/grpc-js';
import type { sendUnaryData, Server, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import type { Health } from '../../health/health.js';
import { HealthService, ServingStatus } from '../wire/health-protocol.js';
import type { HealthCheckRequest, HealthCheckResponse } from '../wire/health-protocol.js';

type CheckCall = ServerUnaryCall<HealthCheckRequest, HealthCheckResponse>;
type WatchCall = ServerWritableStream<HealthCheckRequest, HealthCheckResponse>;

/** How often a watched status is checked. */
const WATCH_INTERVAL_MS = 1000;

/** Serves grpc.health.v1: SERVING exactly while the service is ready, for '' and each of its services. */
export function addHealthService(server: Server, health: Health, services: readonly string[]): void {
  const names = new Set(['', ...services]);
  const statusOf = async ({ service }: HealthCheckRequest): Promise<ServingStatus> => {
    if (!names.has(service)) return ServingStatus.SERVICE_UNKNOWN;
    return (await health.report()).ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  };
  server.addService(HealthService, {
    Check: (call: CheckCall, reply: sendUnaryData<HealthCheckResponse>) => void check(call, reply, statusOf),
    Watch: (call: WatchCall) => watch(call, statusOf),
  });
}

type StatusOf = (request: HealthCheckRequest) => Promise<ServingStatus>;

async function check(
  { request }: CheckCall,
  reply: sendUnaryData<HealthCheckResponse>,
  statusOf: StatusOf,
): Promise<void> {
  const current = await statusOf(request);
  if (current !== ServingStatus.SERVICE_UNKNOWN) reply(null, { status: current });
  else reply({ code: status.NOT_FOUND, details: `There is no service ${request.service}` });
}

/** Sends the status now and whenever it changes, until the client disconnects or the server drains. */
function watch(call: WatchCall, statusOf: StatusOf): void {
  let last: ServingStatus | undefined;
  const send = async (): Promise<void> => {
    const current = await statusOf(call.request);
    if (current !== last) call.write({ status: current });
    last = current;
  };
  const timer = setInterval(() => void send(), WATCH_INTERVAL_MS);
  call.on('cancelled', () => clearInterval(timer));
  void send();
}
