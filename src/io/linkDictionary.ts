/**
 * Words that a scenario is likely to have, for deflate to refer back to; the likeliest last. A part of the format of
 * links, version 1: a character changed here makes every link with a text unreadable.
 */
export const DICTIONARY = `note 1 "about "forbid S1 or S2 or L1
kernel 6.12
kernel 6.1
fs     xfs reflink=1 dax=always log=async
fs     ext4 dax=never
device-dax swapfile-rules immutable-file lease-exclusive lease-revoke lease-kill deferred-free static-fs etxtbsy rewrite revoke odp-only unprotected mainline
layout.onPin=layout.scope=range layout.lease=write.onPin=relocate reflink.onPin=free.onPin=fs.reflink=fs.punch=fs.shrink=file.immutable=hw.odp=pin.longterm=allow pin.readonly=unshare
EOPNOTSUPP ETXTBSY EINVAL EAGAIN EFAULT ENOSPC EPERM ENOENT EINTR SIGBUS gone void blocks, ok NAK
proc app threads=2
alloc any
title "The READ MR of A and B: the pin, the truncate, the punch, the COW"
any app x3: any admin x2: ftruncate A 0 | fallocate A punch 0 1 | reflink A B | pwrite A 1 X
any peer x2: rdma_read mr 0 | rdma_write mr 1 X
order op 1-3 dma: grace:
exists mr destroyed and not shared A 0 B 0 and hole A 1 and zombie = 0 and free = size A = 2
always file A = aXcd and file B = abcd
exists S2 and S5b
setlease A layout
madvise m dontneed 0 share_uverbs exit fork child kill signal create C unlink A open close fsync sync msync
app v = vmsplice m 0
app peek v
app pipe_read v
app d = dio_read m 0 X
app d = dio_write m 0
app dio_end d
peer w = post_write mr 0 X
peer complete w
admin fallocate A zero alloc insert collapse unshare punch 0 1
admin reflink A B
admin pread A 0 -> X
admin pwrite A 0 X -> ok
admin ftruncate A 0 -> blocks, ok
app mr = reg_mr m local_write remote_write remote_atomic on_demand
app mr = reg_mr m remote_read
app munmap m
app dereg_mr mr
peer rdma_write mr 0 X -> ok
peer rdma_read mr 1 -> b
app load m 1 -> X
app store m 1 X -> ok
app m = mmap A 0 4 ro private
title "
device 16
kernel 7.0
option wait
file B = reflink A
file A abcd
app m = mmap A
`;
