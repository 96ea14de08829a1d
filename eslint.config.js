import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'cli/templates',
      '**/node_modules',
      '**/dist',
      '**/gen',
      '**/coverage',
      '**/.msx',
      'e2e/screenshots.mjs',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  { languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } } },
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
  {
    // Nest injects through constructors: their length is the number of collaborators, not of arguments.
    files: ['services/*/src/**/*.ts', 'templates/*/src/**/*.ts', 'runtime/src/**/*.ts'],
    rules: { 'max-params': ['error', 4] },
  },
  {
    // Filled by what is generated into it.
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
);
