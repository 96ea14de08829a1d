/**
 * Runs in the browser: remembers answers, and puts them where the tabs ask for them. Tabs are not written to, so that what
 * a person writes into one is what is sent.
 */
export const fillScript = `
/** The value with every {{path}} replaced; a string that is nothing else becomes what is at the path, such as a number. */
function filled(value, answers) {
  if (typeof value === 'string') return filledText(value, answers);
  if (Array.isArray(value)) return value.map((each) => filled(each, answers));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, answers)]));
}

function filledText(text, answers) {
  const [, whole] = /^{{([\\w.]+)}}$/.exec(text) ?? [];
  if (whole) return at(whole, answers);
  return text.replace(/{{([\\w.]+)}}/g, (_, path) => at(path, answers));
}

/** @throws Error that says which tab to run first */
function at(path, answers) {
  if (path === 'unique') return Date.now().toString(36);
  const found = path.split('.').reduce((value, key) => value?.[key], answers);
  if (found !== undefined && found !== null) return found;
  const [field] = path.split('.');
  const tab = field[0].toUpperCase() + field.slice(1);
  throw new Error('{{' + path + '}} stands for a part of an earlier answer: run the tab ' + tab + ' first, or write a value here.');
}

/** The answers so far and one more; introspection is of no use to a tab. */
function remembered(answers, data) {
  const fields = Object.entries(data ?? {}).filter(([name]) => !name.startsWith('__'));
  return { ...answers, ...Object.fromEntries(fields) };
}

/**
 * The tabs to open with, where an earlier visit left some: those that are still as an earlier page offered them give way to
 * today's, and those that a person wrote or changed stay, behind them.
 */
function tabsAfter(stored, offered, tabs) {
  const key = ({ query, variables, headers }) => JSON.stringify([query, variables || '', headers || '']);
  const pristine = new Set(offered.map(key));
  return [...tabs, ...stored.filter((tab) => !pristine.has(key(tab)))];
}
`;
