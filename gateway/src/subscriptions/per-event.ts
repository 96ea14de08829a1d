import { createSourceEventStream, execute } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';

/** Runs work on behalf of the subscriber: in its request context, and with its rights. */
export type OnBehalf = <T>(work: () => T) => T;

export interface SubscriptionArgs extends ExecutionArgs {
  readonly onBehalf: OnBehalf;
  /** Creates the context for one event: the loaders of an earlier one would return stale data. */
  readonly newContext: () => object;
}

type Answers = AsyncIterableIterator<ExecutionResult>;

/** Like `subscribe` of graphql-js, but with a new context for each event. */
export async function subscribePerEvent(args: SubscriptionArgs): Promise<Answers | ExecutionResult> {
  const { onBehalf, newContext, ...operation } = args;
  const source = await onBehalf(() => createSourceEventStream({ ...operation, contextValue: newContext() }));
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  const answer = (rootValue: unknown): Promise<ExecutionResult> =>
    onBehalf(async () => execute({ ...operation, rootValue, contextValue: newContext() }));
  const answers: Answers = {
    next: async () => {
      const { done, value } = await events.next();
      return done ? { done, value: undefined } : { done: false, value: await answer(value) };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    throw: async (error: unknown) => {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}
