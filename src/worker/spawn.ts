/** Workers as files of their own. The single file has them inside: the build puts spawnInline.ts in the place of this. */
export const spawnSim = (): Worker => new Worker(new URL('./simWorker.ts', import.meta.url), { type: 'module' });

export const spawnCheck = (): Worker => new Worker(new URL('./checkWorker.ts', import.meta.url), { type: 'module' });
