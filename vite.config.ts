import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { createLogger, mergeConfig } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { offlineBuild } from './src/offline/offlineBuild.ts';
import { singleFileConfig } from './src/offline/singleFile.ts';

/** In development Vite warns of each import from public/. The scenarios are there to be linked to, and in the build. */
const logger = createLogger();
const warn = logger.warn.bind(logger);
logger.warn = (message, options) => {
  if (!/\/public\/(scenarios|talks)\//.test(message)) warn(message, options);
};

/** `0.4.0+1a2b3c4`: what the lab quotes. A copy without its history, or one that is being worked on, is `+dev`. */
function buildId(building: boolean): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
  return `${version}+${(building ? commit() : undefined) ?? 'dev'}`;
}

function commit(): string | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return git('status', '--porcelain', '--untracked-files=no') === ''
      ? git('rev-parse', '--short=7', 'HEAD')
      : undefined;
  } catch {
    return undefined;
  }
}

const TESTS = 'tests/**/*.test.{ts,tsx}';
/** The store, the page, storage, processes. */
const STATEFUL = 'tests/{app,cli,library,store,views}/**/*.test.{ts,tsx}';
const NOT_UNIT = ['tests/e2e/**', 'node_modules/**'];

const shared = (command: string): ViteUserConfig => ({
  define: { DAXPIN_BUILD: JSON.stringify(buildId(command === 'build')) },
  // Relative, so that the build can be put under any path (GitHub Pages).
  base: './',
  customLogger: logger,
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // The size check reads the manifest to know which chunks load at start.
    manifest: true,
    // The content security policy has no `data:` for fonts or scripts; keep every asset a file.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the policy forbids; every supported browser preloads modules.
    modulePreload: { polyfill: false },
  },
  test: {
    // Tests of pure rooms share their modules, which is half the time; what has a state of its own starts afresh.
    projects: [
      { extends: true, test: { name: 'pure', isolate: false, include: [TESTS], exclude: [STATEFUL, ...NOT_UNIT] } },
      { extends: true, test: { name: 'page', include: [STATEFUL], exclude: NOT_UNIT } },
    ],
    // View tests ask for jsdom with a comment at the top of the file.
    environment: 'node',
    // A guard against hanging, not a measure: shared machines stall for seconds.
    testTimeout: 120_000,
    // Two workers at most: CI machines have two cores.
    maxWorkers: 2,
  },
});

/** `--mode single` is the second build: the same page as one file. */
export default defineConfig(({ command, mode }) =>
  mode === 'single'
    ? mergeConfig(shared(command), singleFileConfig())
    : mergeConfig(shared(command), { plugins: [offlineBuild()] }),
);
