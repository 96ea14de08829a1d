import type { getTelemetrySubscriptions } from './71-get-telemetry-subscriptions.js';
import { attempt, type Handler } from './handler.js';

export const answerGetTelemetrySubscriptions: Handler<typeof getTelemetrySubscriptions> = (
  { clientInstanceId },
  context,
) =>
  attempt(
    context,
    () => context.broker.telemetry.subscribe(clientInstanceId),
    ({ errorCode }) => ({ errorCode }),
  );
