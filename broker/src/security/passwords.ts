const MAX_USERS = 1000;

/**
 * Parses lines of `user:password`; a password may contain colons. Empty lines and those that begin with # are skipped.
 * For invalid text, returns the problem as the rest of a sentence, without a word of the text: it holds secrets.
 */
export const parsePasswords = (text: string): Map<string, string> | string => {
  const passwords = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [, user, password] = /^([^:]+):(.+)$/.exec(line) ?? [];
    if (!user || !password) return `has a line ${index + 1} that is not user:password`;
    if (passwords.has(user)) return `has a second line for a user: line ${index + 1}`;
    if (passwords.size === MAX_USERS) return `has more than ${MAX_USERS} users`;
    passwords.set(user, password);
  }
  return passwords.size > 0 ? passwords : 'has no users';
};
