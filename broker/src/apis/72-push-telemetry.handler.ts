import type { pushTelemetry } from './72-push-telemetry.js';
import type { Handler } from './handler.js';

export const answerPushTelemetry: Handler<typeof pushTelemetry> = (request, { broker }) => ({
  errorCode: broker.telemetry.push(request),
});
