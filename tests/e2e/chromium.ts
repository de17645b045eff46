// Finds a Chromium for the end-to-end tests. Playwright's own download is not used: a distribution's package gets its
// security updates and is enough here. As a command, prints the path; where none is found, one line saying what to do.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named) return isExecutable(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Only where it can work without a question: as root on Debian or a child of it. */
function installOnDebian(): void {
  if (process.env['CHROMIUM'] || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  process.stderr.write('No Chromium found: installing the chromium package with apt-get.\n');
  if (!apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')) {
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  }
}

function main(): void {
  if (findChromium() === undefined) installOnDebian();
  const found = findChromium();
  if (found !== undefined) {
    console.log(found);
    return;
  }
  console.error(
    process.env['CHROMIUM']
      ? `CHROMIUM is set to ${process.env['CHROMIUM']}, which cannot be run: set it to the path of a Chromium or Chrome.`
      : 'The end-to-end tests need a Chromium: install the chromium package, or set CHROMIUM to the path of one.',
  );
  process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
