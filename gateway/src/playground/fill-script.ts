/**
 * Runs in the browser: remembers responses, and fills their values into the tabs that refer to them. The text of a tab does
 * not change, so that what a person writes is what is sent.
 */
export const fillScript = `
/** The value with every {{path}} replaced; a string that is only a path becomes the value itself, such as a number. */
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

/** @throws Error that names the tab to run first */
function at(path, answers) {
  if (path === 'unique') return Date.now().toString(36);
  const found = path.split('.').reduce((value, key) => value?.[key], answers);
  if (found !== undefined && found !== null) return found;
  const [field] = path.split('.');
  const tab = field[0].toUpperCase() + field.slice(1);
  throw new Error('{{' + path + '}} refers to an earlier response: run the tab ' + tab + ' first, or enter a value here.');
}

/** The responses so far and one more, without introspection, which no tab needs. */
function remembered(answers, data) {
  const fields = Object.entries(data ?? {}).filter(([name]) => !name.startsWith('__'));
  return { ...answers, ...Object.fromEntries(fields) };
}

/**
 * The tabs to open, if an earlier visit left some: tabs that are unchanged since an earlier page offered them are replaced by
 * the current ones, and tabs that a person wrote or edited are kept after them.
 */
function tabsAfter(stored, offered, tabs) {
  const key = ({ query, variables, headers }) => JSON.stringify([query, variables || '', headers || '']);
  const pristine = new Set(offered.map(key));
  return [...tabs, ...stored.filter((tab) => !pristine.has(key(tab)))];
}
`;
