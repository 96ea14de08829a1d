import { setFlagsFromString } from 'node:v8';

/**
 * What a function may execute before V8 optimizes it, about five times its default. To optimize the first function takes
 * 3 MB, and a broker for development seldom runs long enough under load to gain what it costs. Until then, functions
 * run as baseline code, which is quick to make.
 */
const INTERRUPT_BUDGET = 600_000;

/** For processes that are brokers only: the flags hold for all of a process. Imported before anything else. */
setFlagsFromString('--sparkplug');
setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
