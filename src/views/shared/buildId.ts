/** Which Daxpin this is: the version, and the commit where the build knew it. vite.config.ts defines it. */
declare const DAXPIN_BUILD: string;

export const BUILD_ID: string = DAXPIN_BUILD;
