import { fillScript } from './fill-script.js';
import type { Example } from '../examples/example.js';

/** A tab in the format of GraphiQL. */
const tabOf = ({ query, variables, headers }: Example) => ({
  query,
  variables: variables && JSON.stringify(variables, null, 2),
  headers: headers && JSON.stringify(headers, null, 2),
});

/** Runs in the browser: the endpoint is the address of the page itself. */
export const startScript = (examples: readonly Example[]): string => `'use strict';
const examples = ${JSON.stringify(examples)};
const tabs = ${JSON.stringify(examples.map(tabOf))};
${script}`;

const script = `${fillScript}
const ANSWERS = 'playground:answers', OFFERED = 'playground:offered', TABS = 'graphiql:tabState';

const fetcher = GraphiQL.createFetcher({
  url: location.pathname,
  subscriptionUrl: location.origin.replace('http', 'ws') + location.pathname,
});

const stored = (storage, key, fallback) => {
  try {
    return JSON.parse(storage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
};
const answersSoFar = () => stored(sessionStorage, ANSWERS, {});
function remember({ data }) {
  sessionStorage.setItem(ANSWERS, JSON.stringify(remembered(answersSoFar(), data)));
}

/** Sends the operation of a tab, with the values of earlier responses. */
async function run(params, options = {}) {
  if (params.operationName === 'IntrospectionQuery') return fetcher(params);
  const [variables, headers] = [params.variables, options.headers].map((each) => filled(each, answersSoFar()));
  const { operationName, documentAST } = operationOf(params, options.documentAST);
  const answer = await fetcher({ ...params, operationName, variables }, { ...options, documentAST, headers });
  if (!answer[Symbol.asyncIterator]) return remember(answer), answer;
  const example = examples.find(({ query }) => query === params.query);
  return observed(answer[Symbol.asyncIterator](), example?.causedBy ? cause(example.causedBy) : () => {});
}

/** The operation to run, according to its text: a tab that is run right after it is opened still has the name and the document of the previous tab. */
function operationOf({ query, operationName }, documentAST) {
  const operations = [...query.matchAll(/^(query|mutation|subscription)\\b *(\\w*)/gm)];
  if (operations.length === 0) return { operationName, documentAST };
  const names = operations.map(([, , name]) => name || undefined);
  const definitions = operations.map(([, operation], n) => ({
    kind: 'OperationDefinition',
    operation,
    name: names[n] && { kind: 'Name', value: names[n] },
  }));
  return {
    operationName: names.includes(operationName) ? operationName : names[0],
    documentAST: { kind: 'Document', definitions },
  };
}

/** The same responses, remembered as they arrive; stopping is passed on at once. */
function observed(answers, quiet) {
  return {
    [Symbol.asyncIterator]() { return this; },
    async next() {
      const result = await answers.next();
      quiet();
      if (!result.done) remember(result.value);
      return result;
    },
    return(value) {
      quiet();
      return answers.return(value);
    },
  };
}

/** Runs the tab of an operation every two seconds, until it is no longer needed. */
function cause(operationName) {
  const example = examples.find(({ query }) => query.includes(operationName));
  const once = async () => {
    const { query, variables, headers } = filled(example, answersSoFar());
    const body = JSON.stringify({ query, variables });
    await fetch(location.pathname, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  };
  const timers = [setTimeout(once, 500), setInterval(once, 2000)];
  return () => timers.forEach(clearInterval);
}

/**
 * Shows the tabs of a page that offers others than the last one, whatever the browser has stored. They are written to where
 * GraphiQL stores its tabs, since it drops the variables of the first default tab.
 */
function restoreTabs() {
  const [offered, state] = [stored(localStorage, OFFERED, []), stored(localStorage, TABS, { tabs: [] })];
  if (JSON.stringify(offered) === JSON.stringify(tabs)) return;
  const fresh = tabs.map((tab) => ({
    id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
    title: /^(?:query|mutation|subscription) +(\\w+)/m.exec(tab.query)?.[1] ?? '<untitled>',
    operationName: null,
    response: null,
    variables: null,
    headers: null,
    ...tab,
  }));
  localStorage.setItem(TABS, JSON.stringify({ activeTabIndex: 0, tabs: tabsAfter(state.tabs, offered, fresh) }));
  for (const editor of ['query', 'variables', 'headers']) localStorage.setItem('graphiql:' + editor, fresh[0][editor] ?? '');
  localStorage.setItem(OFFERED, JSON.stringify(tabs));
}

restoreTabs();
ReactDOM.createRoot(document.getElementById('playground')).render(
  React.createElement(GraphiQL, {
    fetcher: run,
    defaultTabs: tabs,
    defaultEditorToolsVisibility: 'variables',
    shouldPersistHeaders: true,
  }),
);
`;
