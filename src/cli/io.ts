/** What the command line needs of its process; a test gives its own. */
export type Io = {
  /** The text of a file, `-` for standard input; throws what the system says. */
  readonly read: (file: string) => string;
  /** The same as it is, for what is no text. Absent: all files are texts. */
  readonly bytes?: (file: string) => Uint8Array;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** One line that the next one replaces; '' removes it. Absent: nobody watches. */
  readonly progress?: (text: string) => void;
  /** Lets the process hear that somebody wants it to end. */
  readonly pause: () => Promise<void>;
  readonly interrupted: () => boolean;
  /** In ms. */
  readonly now: () => number;
  readonly version: string;
};

/** 0: every expectation and condition met; 1: some not; 2: the text or the call is wrong. */
export type ExitStatus = 0 | 1 | 2;

export const worst = (statuses: readonly ExitStatus[]): ExitStatus =>
  statuses.reduce<ExitStatus>((found, status) => (status > found ? status : found), 0);
