/** Which errnos the man page of a call lists. Sources: ftruncate(2), fallocate(2), ioctl_ficlone(2), pwrite(2). */
import type { Verb } from './op.ts';

export type ManPage = {
  readonly man: string;
  readonly errnos: readonly string[];
  /** It lists ETXTBSY, of a swap file (or of what is being executed) alone. */
  readonly swapfile: boolean;
};

/** ENOENT is the answer of the open(2) before them. */
const PAGES: Partial<Record<Verb, ManPage>> = {
  ftruncate: { man: 'ftruncate(2)', errnos: ['EINTR', 'EINVAL', 'EFBIG', 'EPERM', 'EROFS'], swapfile: true },
  fallocate: { man: 'fallocate(2)', errnos: ['EINTR', 'ENOSPC', 'EOPNOTSUPP', 'EINVAL', 'EPERM'], swapfile: true },
  reflink: { man: 'ioctl_ficlone(2)', errnos: ['EOPNOTSUPP', 'EINVAL', 'EXDEV', 'EPERM'], swapfile: true },
  pwrite: { man: 'pwrite(2)', errnos: ['EINTR', 'ENOSPC', 'EPERM'], swapfile: false },
};

export const manPageOf = (verb: Verb): ManPage | undefined => PAGES[verb];
