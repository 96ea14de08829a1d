/** A question with its default is one line, whose end can be edited. */
export const isQuestion = (text: string): boolean => /\]:|\[y\/N\]/.test(text);
