/** The hosted build's service worker: the list of its files, and a version that changes when any of them does. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';

/** Made by the second build, which this one does not see. */
const SINGLE = 'daxpin.html';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

export function offlineBuild(): Plugin {
  let publicDir = '';
  return {
    name: 'daxpin-offline',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const sum = createHash('sha256');
        const built = Object.values(bundle).filter(({ fileName }) => !fileName.startsWith('.'));
        for (const file of built) sum.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source);
        const copied = publicDir === '' ? [] : filesBelow(publicDir);
        for (const file of copied) sum.update(file).update(readFileSync(join(publicDir, file)));
        const files = ['./', ...[...built.map(({ fileName }) => fileName), ...copied, SINGLE].sort()];
        const template = readFileSync(join(import.meta.dirname, 'serviceWorker.js'), 'utf8');
        const source = `const VERSION = ${JSON.stringify(sum.digest('hex').slice(0, 16))};\nconst FILES = ${JSON.stringify(files)};\n${template}`;
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}
