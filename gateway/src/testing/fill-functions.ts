import { runInThisContext } from 'node:vm';
import { fillScript } from '../playground/fill-script.js';

export interface Tab {
  readonly query: string;
  readonly variables?: string | null;
  readonly headers?: string | null;
}

interface FillScript {
  filled<T>(value: T, answers: object): T;
  remembered(answers: object, data: unknown): object;
  tabsAfter(stored: readonly Tab[], offered: readonly Tab[], tabs: readonly Tab[]): readonly Tab[];
}

/** The functions that the script defines in the browser. */
export const { filled, remembered, tabsAfter } = runInThisContext(
  `(() => { ${fillScript}; return { filled, remembered, tabsAfter }; })()`,
) as FillScript;
