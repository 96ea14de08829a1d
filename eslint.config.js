import js from '@eslint/js';
import { relations } from '@msx/runtime/lint';
import tseslint from 'typescript-eslint';

const without = (calls, options) => ({
  selector: `CallExpression${calls}:not(:has(ObjectExpression > Property[key.name=/^(${options})$/]))`,
  message: `This may wait forever: set ${options.replace('|', ' or ')} in its options.`,
});

const heldDeadline = {
  selector:
    'CallExpression[callee.object.name="AbortSignal"][callee.property.name="any"] CallExpression[callee.object.name="AbortSignal"][callee.property.name="timeout"]',
  message:
    'On Node 20 this timeout signal is garbage-collected and never fires: use an AbortController with a timer (nodejs/node#57736).',
};
const hiddenParameter = {
  selector:
    ':matches(FunctionDeclaration, MethodDefinition[kind="method"] > FunctionExpression) > RestElement > ArrayPattern',
  message: 'A rest tuple hides the number of parameters: take an object, or fewer parameters.',
};

/** Restrictions for every file. */
const everywhere = [heldDeadline, hiddenParameter];

/** A test that fails in between would leak them into the tests after it. */
const restoredEnvironment = {
  selector:
    "AssignmentExpression > MemberExpression.left[object.object.name='process'][object.property.name='env']",
  message: 'Set environment variables with withEnvironment, which always restores them.',
};

const declaredError = {
  selector: "NewExpression[callee.name='DomainError']",
  message: 'Declare this error with defineErrors in <entity>.errors.ts.',
};

const oneReader = {
  selector: "CallExpression[callee.name=/^readFile/][arguments.1.value='utf8']",
  message: 'Read text files with readText of cli/src/model/system/read-file.ts.',
};

const spawning = without('[callee.name="spawn"]', 'timeout');

const waits = [
  spawning,
  without('[callee.name=/^(execa|execFile|execFileSync|spawnSync|exec|execSync)$/]', 'timeout'),
  without("[callee.callee.name='promisify']", 'timeout'),
  without('[callee.name=/^(connectTls|connect|createConnection)$/]', 'timeout'),
  without('[callee.name="fetch"]', 'signal'),
  without('[callee.name=/^(request|get)$/]', 'signal|timeout'),
];

const supervising = waits.filter((wait) => wait !== spawning);

export default tseslint.config(
  {
    ignores: [
      'cli/templates',
      '**/node_modules',
      '**/dist',
      '**/.vitepress/cache',
      '**/gen',
      '**/coverage',
      '**/.msx',
      'e2e/screenshots.mjs',
      'gateway/assets',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } } },
  { files: ['**/src/**/*.ts'], plugins: { relations }, rules: { 'relations/cycle': 'error' } },
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-params': ['error', 3],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.js'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts', 'e2e/**', 'bench/**'],
    rules: { 'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }] },
  },
  { rules: { 'no-restricted-syntax': ['error', ...everywhere] } },
  {
    files: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, restoredEnvironment] },
  },
  {
    // Another process may be paused, hang, or be unreachable: every wait for one needs a deadline.
    files: ['cli/src/**/*.ts', 'runtime/src/**/*.ts', 'broker/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...waits] },
  },
  {
    // Files written by people may begin with a byte order mark, or be UTF-16: readText handles that. The excluded rooms
    // read files written by msx and the system.
    files: ['cli/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts', 'cli/src/running/{processes,engine,drivers,daemon}/**'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, oneReader, ...waits] },
  },
  {
    // These supervise the processes they start for as long as those run, and end them.
    files: ['cli/src/running/drivers/{process,build}/*.ts', 'runtime/src/testing/*.ts'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...supervising] },
  },
  {
    files: [
      'cli/src/running/dev/connect-engine.ts',
      'cli/src/running/drivers/container/engine-api/connection.ts',
      'cli/src/terminal/process/guard-output.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, oneReader, ...supervising] },
  },
  {
    // The errors of a service are declared, so that its README can list them.
    files: ['services/*-service/src/**/*.ts', 'templates/service/src/**/*.ts'],
    // The last file has the NOT_IMPLEMENTED error of an RPC that is not written yet.
    ignores: ['**/*.test.ts', '**/*.fixture.ts', 'templates/service/src/garden-gnome/sweep-yard.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, declaredError] },
  },
  {
    // Nest injects through constructors: their length is the number of collaborators, not of arguments.
    files: [
      'services/*/src/**/*.ts',
      'templates/**/src/**/*.ts',
      'runtime/src/**/*.ts',
      'gateway/src/**/*.ts',
    ],
    rules: { 'max-params': ['error', 4] },
  },
  {
    // Empty until msx generates into it.
    files: ['templates/empty/**'],
    rules: { '@typescript-eslint/no-empty-object-type': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js', 'bench/**', 'e2e/**', 'scripts/**'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
      },
    },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
