/** Lines of a log are data: the longest continue on a further line. */
export const isLogLine = (text: string): boolean => /^(\^C)?\d\d:\d\d:\d\d(\.\d{3})? |^msx {2}|^ /.test(text);
