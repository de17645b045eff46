/**
 * The build that is one file: scripts, styles and workers are inside, and the policy in it names the one script by its
 * hash, the only style of trust that a file without a server has.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const NAME = 'daxpin.html';
const SCRIPT = /<script\b[^>]*>([^]*?)<\/script>/g;
const POLICY = /(http-equiv="Content-Security-Policy"\s+content=")[^"]*(")/;

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

export function policyOf(html: string): string {
  const scripts = [...html.matchAll(SCRIPT)].map(([, script = '']) => hashOf(script));
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'unsafe-inline'",
    // Workers come out of the page: classic ones, for a module from a blob is refused under file://.
    'worker-src blob: data:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** After all is inside: the policy, and the name. */
function finish(): Plugin {
  return {
    name: 'daxpin-single-file',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset' || typeof page.source !== 'string') throw new Error('the build made no page');
        const html = page.source;
        page.source = html.replace(POLICY, (__, before: string, after: string) => before + policyOf(html) + after);
        page.fileName = NAME;
      },
    },
  };
}

const inline = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What differs from the hosted build. */
export function singleFileConfig(): UserConfig {
  return {
    plugins: [viteSingleFile({ removeViteModuleLoader: true }), finish()],
    resolve: { alias: [{ find: /^(.*\/)?spawn\.ts$/, replacement: inline('../worker/spawnInline.ts') }] },
    worker: { format: 'iife' },
    publicDir: false,
    build: { emptyOutDir: false, manifest: false, assetsInlineLimit: 1e8, cssCodeSplit: false },
  };
}
