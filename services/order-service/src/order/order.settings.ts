import { defineSettings, type Variable } from '@msx/runtime';

/** The settings of this service. */
export abstract class OrderSettings {
  /** How long an order may be PENDING, and stock of an order that is over may be kept, before product-service is asked. */
  abstract readonly decisionTimeoutMs: number;
}

const DEFAULT_SECONDS = 60;
const MAX_SECONDS = 86_400;

const DECISION_TIMEOUT: Variable<number> = {
  expects: `seconds from 1 to ${MAX_SECONDS}`,
  default: String(DEFAULT_SECONDS),
  purpose:
    'How long an order may be PENDING, and a cancelled one may keep its stock, before product-service is asked about it. An order that is still undecided after twice this time is REJECTED.',
  read: (text) => {
    const seconds = Number(text);
    return Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS ? seconds : undefined;
  },
};

export const orderSettings = defineSettings<{ DECISION_TIMEOUT: typeof DECISION_TIMEOUT }, OrderSettings>({
  token: OrderSettings,
  variables: { DECISION_TIMEOUT },
  from: ({ DECISION_TIMEOUT: seconds = DEFAULT_SECONDS }) => ({ decisionTimeoutMs: seconds * 1000 }),
});
