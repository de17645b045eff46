// The command line without its process: files in memory, streams as text.
import { main } from '../../src/cli/main.ts';

export interface Called {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What somebody who watches was shown. */
  readonly shown: readonly string[];
}

interface World {
  /** Somebody watches. */
  readonly watched?: boolean;
  /** Ctrl-C after this many pauses. */
  readonly interruptAfter?: number;
}

export function caller(
  files: Readonly<Record<string, string>>,
  { watched = false, interruptAfter = Infinity }: World = {},
) {
  return async (...argv: string[]): Promise<Called> => {
    let out = '';
    let err = '';
    let pauses = 0;
    const shown: string[] = [];
    const status = await main(argv, {
      read: (file) => {
        const text = files[file];
        if (text === undefined) throw new Error('ENOENT: no such file');
        return text;
      },
      out: (text) => (out += text),
      err: (text) => (err += text),
      ...(watched ? { progress: (text: string) => shown.push(text) } : {}),
      pause: () => Promise.resolve(void pauses++),
      interrupted: () => pauses >= interruptAfter,
      // Every look at the clock is a slice later, so that every slice is one.
      now: (() => {
        let ms = 0;
        return () => (ms += 50);
      })(),
      version: '0.0.0-test',
    });
    return { status, out, err, shown };
  };
}
