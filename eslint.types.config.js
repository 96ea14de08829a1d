import tseslint from 'typescript-eslint';

/**
 * The rules that need types. They take three times as long as all others, so they run separately, over production code:
 * the failure of a floating promise goes unnoticed, and a new case of a union must be handled everywhere.
 */
export default tseslint.config({
  files: [
    '{broker,runtime,cli,gateway}/src/**/*.ts',
    'services/*/src/**/*.ts',
    'templates/{service,gateway}/src/**/*.ts',
  ],
  ignores: ['**/*.test.ts', '**/*.fixture.ts', '**/gen/**'],
  plugins: { '@typescript-eslint': tseslint.plugin },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
  },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
});
