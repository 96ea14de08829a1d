/** A path quoted so that a shell reads it as one word and not as an option; unchanged if it needs no quotes. */
export function shellQuoted(path: string): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
