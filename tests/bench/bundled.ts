// Work as it is shipped: bundled first, since the loader that runs these files wraps every function to keep its name,
// which costs a third of the speed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** Runs a module beside this file. */
export async function runBundled(name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'daxpin-bench-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(import.meta.dirname, `${name}.ts`),
        outDir: folder,
        target: 'es2022',
        rollupOptions: { output: { entryFileNames: 'work.mjs' } },
      },
    });
    await import(pathToFileURL(join(folder, 'work.mjs')).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
