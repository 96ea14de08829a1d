import { createSourceEventStream, execute } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';

/** Runs some work for the subscriber: under its request, and with its rights. */
export type OnBehalf = <T>(work: () => T) => T;

export interface SubscriptionArgs extends ExecutionArgs {
  readonly onBehalf: OnBehalf;
  /** What resolvers share while they answer one event, and no longer: its loaders would show what was. */
  readonly newContext: () => object;
}

type Answers = AsyncIterableIterator<ExecutionResult>;

/** As `subscribe` of graphql-js, but with a context of its own for each event. */
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
