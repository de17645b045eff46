import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const maxLines = (max) => ['error', { max, skipBlankLines: true, skipComments: true }];

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // `import { type T }` is kept as a bare import at run time, which would load the module after all.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers and branded ids in template strings are what every message here is made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-lines': maxLines(400),
      // Chance is a seed and time is the step counter, or a run could not be replayed.
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance is a choice or a seeded generator passed in.' },
        { object: 'performance', property: 'timeOrigin', message: 'There is no wall clock: count steps.' },
      ],
      'no-restricted-globals': ['error', { name: 'Date', message: 'There is no wall clock: count steps.' }],
    },
  },
  {
    // Data tables are long by nature and read one row at a time.
    files: ['src/**/*.data.ts'],
    rules: { 'max-lines': maxLines(2000) },
  },
  {
    files: ['tests/**/*.{ts,tsx}'],
    rules: { 'max-lines': maxLines(600) },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
