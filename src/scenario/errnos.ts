/** The errno names of Linux (include/uapi/asm-generic/errno*.h, x86 numbers aside) that an expectation may name. */
export const ERRNOS = [
  'EPERM', 'ENOENT', 'ESRCH', 'EINTR', 'EIO', 'ENXIO', 'E2BIG', 'ENOEXEC', 'EBADF', 'ECHILD', 'EAGAIN', 'ENOMEM',
  'EACCES', 'EFAULT', 'ENOTBLK', 'EBUSY', 'EEXIST', 'EXDEV', 'ENODEV', 'ENOTDIR', 'EISDIR', 'EINVAL', 'ENFILE',
  'EMFILE', 'ENOTTY', 'ETXTBSY', 'EFBIG', 'ENOSPC', 'ESPIPE', 'EROFS', 'EMLINK', 'EPIPE', 'EDOM', 'ERANGE', 'EDEADLK',
  'ENAMETOOLONG', 'ENOLCK', 'ENOSYS', 'ENOTEMPTY', 'ELOOP', 'ENODATA', 'ETIME', 'EPROTO', 'EBADMSG', 'EOVERFLOW',
  'EILSEQ', 'EUSERS', 'EMSGSIZE', 'EPROTONOSUPPORT', 'EOPNOTSUPP', 'EADDRINUSE', 'ENETDOWN', 'ENETUNREACH',
  'ECONNABORTED', 'ECONNRESET', 'ENOBUFS', 'EISCONN', 'ENOTCONN', 'ESHUTDOWN', 'ETIMEDOUT', 'ECONNREFUSED',
  'EHOSTDOWN', 'EHOSTUNREACH', 'EALREADY', 'EINPROGRESS', 'ESTALE', 'EUCLEAN', 'EREMOTEIO', 'EDQUOT', 'ECANCELED',
  'ENOKEY', 'EKEYEXPIRED', 'EKEYREVOKED', 'EKEYREJECTED', 'EOWNERDEAD', 'ENOTRECOVERABLE', 'EHWPOISON',
] as const; // prettier-ignore

/** Other names of the same numbers. */
export const ERRNO_ALIASES: ReadonlyMap<string, string> = new Map([
  ['ENOTSUP', 'EOPNOTSUPP'],
  ['EWOULDBLOCK', 'EAGAIN'],
  ['EDEADLOCK', 'EDEADLK'],
]);

/** Those that the operations of the language return. */
export const GIVEN_ERRNOS: readonly (typeof ERRNOS)[number][] = [
  'EOPNOTSUPP', 'ETXTBSY', 'EINTR', 'EFAULT', 'EINVAL', 'EPERM', 'EACCES', 'ENOENT', 'ENOSPC', 'EAGAIN', 'EEXIST', 'EBADF',
]; // prettier-ignore
