/** A Markdown table with these headings and rows. */
export const markdownTable = (head, rows) =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Pipes would end a cell, and angle brackets outside of code would be HTML. */
const escaped = (text) =>
  text
    .replaceAll('|', '\\|')
    .split('`')
    .map((part, n) => (n % 2 === 0 ? part.replaceAll('<', '\\<') : part))
    .join('`');
