/**
 * Variables that are passed on: the author, and the settings of this machine. All other GIT_… variables select a
 * repository or change how it is used; git sets them for hooks (`git rev-parse --local-env-vars`), and they would
 * redirect a call for one folder to another repository.
 */
const ALLOWED =
  /^GIT_((AUTHOR|COMMITTER)_(NAME|EMAIL)|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|SSL_.+)$/;

/** An environment in which git uses the repository of the folder it runs in, and prints English messages. */
export function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^GIT_/i.test(name) || ALLOWED.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
}
