/**
 * A card for each option: what it does, who proposed it, who objected, what became of it. In our words; a message
 * stands here by its id. "The thread" is "[LSF/MM TOPIC] Discuss least bad options for resolving longterm-GUP usage by
 * RDMA", February 2019.
 */
import type { PresetName } from '../sim/model/knobs.ts';
import type { OptionCard, Said, Source } from './options.ts';

const message = (messageId: string): Source => ({ messageId });
const page = (address: string): Source => ({ address });

const OPENER = message('20190205175059.GB21617@iweiny-DESK2.sc.intel.com');
const SEED = message('20190206232130.GK12227@ziepe.ca');
const KARA_REVOKE = message('20190206095000.GA12006@quack2.suse.cz');
const LEDFORD_EBUSY = message('47820c4d696aee41225854071ec73373a273fd4a.camel@redhat.com');
const CHINNER_LEASES = message('20190206210356.GZ6173@dastard');
const CHINNER_STATIC = message('20190208044302.GA20493@dastard');
const LEDFORD_ODP = message('bfe0fdd5400d41d223d8d30142f56a9c8efc033d.camel@redhat.com');
const LAMETER_WRITE = message('01000168c8e2de6b-9ab820ed-38ad-469c-b210-60fcff8ea81c-000000@email.amazonses.com');
const KARA_SOURCE = message('20190208111028.GD6353@quack2.suse.cz');
const KARA_SWAPFILE = message('20190211102402.GF19029@quack2.suse.cz');
const KARA_NOT_THE_SAME = message('20190212164452.GF19076@quack2.suse.cz');
const WILLIAMS_STATUS_QUO = message('CAPcyv4hqya1iKCfHJRXQJRD4qXZa3VjkoKGw6tEvtWNkKVbP+A@mail.gmail.com');
const WILLIAMS_BREAK_COW = message('CAPcyv4g2r=L3jfSDoRPt4VG7D_2CxCgv3s+JLu4FQRUSRWg+4Q@mail.gmail.com');
const WILLIAMS_DEVICE = message('CAPcyv4h1=GTAqHBw+Zsp9eNYR3HFbB_qjmhntwnO-jyGun4QNA@mail.gmail.com');
const WILLIAMS_SIGKILL = message('CAPcyv4jd4gxvt3faYYRbv5gkc6NGOKjY_Z-P0Ph=ss=gWZw7sA@mail.gmail.com');
const WILLIAMS_ADMIN = message('CAPcyv4hsHeCGjcJNEmMg_6FYEsQ_8Z=bvx+WmO1v_LmoXbJrxA@mail.gmail.com');
const WILLIAMS_ABI = message('CAPcyv4jWnkHxBcU2_Pz99wM02RYab4y25hu_qUE8KCVArYxCeg@mail.gmail.com');
const WILLIAMS_EXPLICIT = message('CAPcyv4iHso+PqAm-4NfF0svoK4mELJMSWNp+vsG43UaW1S2eew@mail.gmail.com');
const GUNTHORPE_NO_GUARANTEE = message('20190206173114.GB12227@ziepe.ca');
const GUNTHORPE_TWO_KINDS = message('20190207053307.GB22726@ziepe.ca');
const GUNTHORPE_TOY = message('20190207052310.GA22726@ziepe.ca');
const GUNTHORPE_REREG = message('20190207171736.GD22726@ziepe.ca');
const GUNTHORPE_PRECEDENT = message('20190208154256.GA25156@ziepe.ca');
const GUNTHORPE_WRITE = message('20190211180654.GB24692@ziepe.ca');
const GUNTHORPE_FD_ORDER = message('20190821194810.GI8653@ziepe.ca');
const GUNTHORPE_MR_OWNS = message('20190823120428.GA12968@ziepe.ca');
const KARA_SIDE_EFFECT = message('20190212160707.GA19076@quack2.suse.cz');
const WILCOX_TRUNCATE = message('20190206175233.GN21860@bombadil.infradead.org');
const WEINY_RFC2 = message('20190809225833.6657-1-ira.weiny@intel.com');
const DAXCTL = page('https://lwn.net/Articles/726481/');

/** Said against every file system that refuses operations because memory is pinned. */
const NARROWS_THE_CONTRACT: Said = {
  who: 'Dan Williams', when: '2019-02-06', source: WILLIAMS_DEVICE,
  text: 'A list of what a file system cannot do because RDMA finds it awkward is a bad precedent; with each feature that goes, less separates it from device-dax.',
}; // prettier-ignore

const REVOKE_IS_NO_FENCE: Said = {
  who: 'Jason Gunthorpe', when: '2019-02-07', source: GUNTHORPE_REREG,
  text: 'Hardware can destroy an MR, not disable it. The call that comes nearest was implemented by 3 of 17 drivers and is not specified as a fence; the communication of the application breaks down.',
}; // prettier-ignore

const DOS_ENGINE: Said = {
  who: 'Jason Gunthorpe', when: '2019-02-07', source: GUNTHORPE_REREG,
  text: 'Whoever may trigger the revocation can deny service to the RDMA application: a new class of security problem.',
}; // prettier-ignore

export const OPTION_CARDS: { readonly [P in PresetName]: OptionCard } = {
  mainline: {
    what: 'A longterm pin of a file on a DAX file system is refused with EOPNOTSUPP. What is pinned for a short time (O_DIRECT) makes truncate, fallocate, reflink and evict wait. RDMA to such a file needs on-demand paging.',
    proposed: [
      { who: 'Dan Williams', when: '2017-11', text: 'get_user_pages_longterm (commit 2bb6d2837083, Linux 4.15) fails longterm pins of fsdax.', source: page('https://lkml.iu.edu/hypermail/linux/kernel/1711.0/04916.html') },
      { who: 'Dan Williams', when: '2018', text: 'Layout changes wait for pinned DAX pages (Linux 4.17 and 4.18 for XFS, 4.19 for ext4).' },
    ],
    objections: [
      { who: 'Dan Williams', when: '2019-02-06', text: 'It leaves on-demand paging and device-dax; a file on DAX with other hardware gets no RDMA.', source: WILLIAMS_STATUS_QUO },
      { who: 'Christopher Lameter', when: '2019-02-06', text: 'DAX files stay where they are, so user space should have some means to pin them.', source: page('https://lkml.iu.edu/hypermail/linux/kernel/1902.0/04817.html') },
    ],
    today: 'This is the mainline kernel: check_vma_flags refuses with EOPNOTSUPP, and since 6.15 fsdax folios are not longterm-pinnable.',
  },
  unprotected: {
    what: 'Every pin is allowed and nothing looks at it: truncate, punch and reflink go on and free or share pinned blocks. The device keeps its translation. This is the bug that all other options answer.',
    proposed: [
      { who: 'nobody', when: 'before 4.15', text: 'The state before longterm pins of fsdax were refused.', source: page('https://lkml.iu.edu/hypermail/linux/kernel/1711.0/04916.html') },
    ],
    objections: [
      { who: 'Matthew Wilcox', when: '2019-02-06', text: 'DMA must not reach pages that have become part of another file; revocation is meant to prevent that.', source: WILCOX_TRUNCATE },
      { who: 'Dave Chinner', when: '2019-02-06', text: 'The file system decides about physical pages; access that it does not control is a way to corrupt data and the file system, and a security hole.', source: CHINNER_LEASES },
    ],
    today: 'Gone: longterm pins are refused since 4.15, and layout operations wait for short-term pins since 4.17 to 4.19. The test generic/503 documents the old behaviour.',
  },
  wait: {
    what: 'The ban is lifted and nothing else changes: longterm pins are allowed, and truncate, fallocate, reflink and evict wait for them as they wait for O_DIRECT. Writes that break a COW still relocate pinned blocks.',
    proposed: [
      { who: 'Dan Williams', when: '2018', text: 'The wait itself (dax_layout_busy_page, BREAK_UNMAP), for pins that end soon.' },
      { who: 'Usama Arif', when: '2023-11', text: 'Asked to drop the check for longterm pins of fsdax, for VFIO.' },
    ],
    objections: [
      { who: 'Dave Chinner', when: '2019-02-06', text: 'With an RDMA pin the wait can block for ever, and truncate is only one of many operations that change a layout.', source: CHINNER_LEASES },
      { who: 'Christoph Hellwig', when: '2023-11', text: 'A longterm mapping cannot be recalled, so it is not supported.' },
    ],
    today: 'In mainline for short-term pins only; longterm pins are refused, so that nothing waits for them. With that check removed, truncate hung (2023).',
  },
  etxtbsy: {
    what: 'A layout operation or reflink fails with ETXTBSY where a pin is in its range, and succeeds elsewhere. Nothing waits for a pin. Writes that break a COW still relocate pinned blocks.',
    proposed: [
      { who: 'Doug Ledford', when: '2019-02-06', text: 'Instead of a revocation, truncate could return EBUSY: the file has pinned pages.', source: LEDFORD_EBUSY },
      { who: 'Jason Gunthorpe', when: '2019-02-08', text: 'There is precedent: ftruncate of a file that is mapped for execution fails with ETXTBSY.', source: GUNTHORPE_PRECEDENT },
      { who: 'Ira Weiny', when: '2019-08-09', text: 'RFC v2: truncate and punch of a pinned DAX page fail.', source: WEINY_RFC2 },
    ],
    objections: [
      { who: 'Dan Williams', when: '2019-02-06', text: 'An error is a poor answer to an administrator who must free space and get the registrations out of the way.', source: WILLIAMS_DEVICE },
      { who: 'Dave Chinner', when: '2019-02-06', text: 'Truncate is a red herring: with reflink, writes move data as well.', source: CHINNER_LEASES },
    ],
    today: 'Not merged. Andreas Dilger asked for it again in October 2025.',
  },
  'static-fs': {
    what: 'A mode of the file system without the operations that move blocks: no reflink, no punch, and a shrinking truncate of a mapped or pinned file fails with ETXTBSY. Longterm pins are allowed.',
    proposed: [
      { who: 'Jason Gunthorpe', when: '2019-02-06', text: 'A file system whose block assignment is strictly static would work; perhaps XFS could have such a mode ("XFS--").', source: SEED },
      { who: 'Jason Gunthorpe', when: '2019-02-07', text: 'One file system that supports longterm pins by design and one that does not may have different rules; limited hardware means limited functions.', source: GUNTHORPE_TWO_KINDS },
    ],
    objections: [
      NARROWS_THE_CONTRACT,
      { who: 'Dan Williams', when: '2019-02-07', text: 'A switch of what truncate does changes the interface incompatibly; better audit the configuration.', source: WILLIAMS_ABI },
    ],
    today: 'Not in mainline as a mode. mkfs.xfs -m reflink=0 turns one of the features off; device-dax and the famfs patches come closest.',
  },
  'immutable-file': {
    what: 'Only a file that was fully written, shares no block and was then sealed can be pinned; a sealed file refuses every layout operation with ETXTBSY. It may still be the source of a reflink, as an immutable file may today.',
    proposed: [
      { who: 'Dan Williams', when: '2017', text: 'daxctl and S_IOMAP_IMMUTABLE: a file whose block map the file system promises not to change.', source: DAXCTL },
      { who: 'Dave Chinner', when: '2019-02-08', text: 'Prepare the file, map it read-write, mark it immutable, and let the longterm pin check that.', source: CHINNER_STATIC },
    ],
    objections: [
      { who: 'Jan Kara', when: '2019-02-08', text: 'An immutable file may be the source of a reflink; the RDMA writes would then corrupt the clone.', source: KARA_SOURCE },
      { who: 'Dan Williams', when: '2019-02-08', text: 'It was tried as daxctl and shot down.', source: page('https://lkml.iu.edu/hypermail/linux/kernel/1902.1/00947.html') },
    ],
    today: 'Not merged, neither S_IOMAP_IMMUTABLE nor MAP_DIRECT.',
  },
  'swapfile-rules': {
    what: 'Only a file marked as swap files are can be pinned, and it must be fully written and share no block. While marked it refuses layout operations, to be either side of a reflink, writes by others, and unlink.',
    proposed: [
      { who: 'Jan Kara', when: '2019-02-08', text: 'Treat the target of RDMA like a swap file: both are written to beyond the control of the file system.', source: KARA_SOURCE },
      { who: 'Jan Kara', when: '2019-02-11', text: 'Hardware without page faults pins through a call that the file system may refuse; if it agrees, it gives the guarantees of a swap file.', source: KARA_SWAPFILE },
    ],
    objections: [
      { who: 'Dan Williams', when: '2019-02-11', text: 'No subsystem should fix file blocks as a side effect of a pin; an explicit mode could be documented in fallocate(2).', source: WILLIAMS_EXPLICIT },
      { who: 'Jan Kara', when: '2019-02-12', text: 'RDMA is less controlled than swapon: it should take a capability, or a lease on the range.', source: KARA_SIDE_EFFECT },
    ],
    today: 'Real swap files have these rules (S_SWAPFILE, ETXTBSY); pinned files do not. Not merged.',
  },
  'deferred-free': {
    what: 'Layout operations go on at once, as if nothing were pinned. A block that they free while it is pinned has no owner and is kept from the allocator until its last pin goes ("zombie").',
    proposed: [
      { who: 'John Hubbard', when: '2018', text: 'One of four choices for pinned pages: keep the blocks busy in the allocator of the file system.', source: OPENER },
      { who: 'Jason Gunthorpe', when: '2019-02-06', text: 'ftruncate does not have to give the blocks back to the allocator at once.', source: SEED },
    ],
    objections: [
      { who: 'Dan Williams', when: '2019-02-11', text: 'After a successful operation the blocks are not free: ENOSPC is a surprise.' },
      { who: 'Jan Kara', when: '2019-02-12', text: 'It is not what happens to a dirty mapping: there the kernel blocks faults, tears down the PTEs and frees; an MR would have to accept that a fault is refused.', source: KARA_NOT_THE_SAME },
    ],
    today: 'Not merged. Open as well: who remembers such blocks after a crash.',
  },
  rewrite: {
    what: 'A longterm pin counts as a write that never ends. Layout operations succeed, and blocks that are pinned in their range stay in the file with their contents, as if somebody had written them again at once.',
    proposed: [
      { who: 'Christopher Lameter', when: '2019-02-07', text: 'While pinned, a section is in active use, as by a write; a truncate counts as followed by a write that extends the file again.', source: LAMETER_WRITE },
      { who: 'Jason Gunthorpe', when: '2019-02-11', text: 'Preferred this meaning: a truncate that raced with a write.', source: GUNTHORPE_WRITE },
    ],
    objections: [
      { who: 'Dan Williams', when: '2019-02-11', text: 'The blocks are not free after a success: ENOSPC is a surprise.' },
      { who: 'Ira Weiny', when: '2019-02', text: 'It fails a truncate without failing it; where do appends land?' },
    ],
    today: 'Not merged.',
  },
  'lease-revoke': {
    what: 'A longterm pin needs a layout lease on the file. Who changes the layout recalls the leases and waits a grace period; then the MRs that still pin are fenced and unpinned, and the operation goes on.',
    proposed: [
      { who: 'Jan Kara', when: '2019-02-06', text: 'The file system asks for the pages back; the handler talks to the peer, cancels the RDMA and drops the pins.', source: KARA_REVOKE },
      { who: 'Dave Chinner', when: '2019-02-06', text: 'What is needed is hardware that can fault, and revocable leases on files; the machinery exists for pNFS.', source: CHINNER_LEASES },
      { who: 'Dan Williams', when: '2019-02-07', text: 'The administrator avoids what breaks leases; a notification names who broke one.', source: WILLIAMS_ADMIN },
    ],
    objections: [
      { who: 'Jason Gunthorpe', when: '2019-02-06', text: 'The revocation takes a trip through user space, and most protocols have no way to cancel; how is it guaranteed not to happen?', source: GUNTHORPE_NO_GUARANTEE },
      REVOKE_IS_NO_FENCE,
      DOS_ENGINE,
    ],
    today: 'Layout leases exist inside the kernel for pNFS only (nfsd); user space has no F_LAYOUT. Not merged for RDMA.',
  },
  'lease-kill': {
    what: 'A longterm pin needs a layout lease on the file. Who changes the layout recalls the leases and waits a grace period; then the processes that still pin are killed, and pins that remain are waited for.',
    proposed: [
      { who: 'Dan Williams', when: '2019-02-06', text: 'SIGKILL has to work as the last resort: no RDMA target survives it.', source: WILLIAMS_SIGKILL },
    ],
    objections: [
      { who: 'Jason Gunthorpe', when: '2019-02-07', text: 'With SIGKILL as the escalation nobody would run it in production: the kernel would kill a critical part of the system.', source: GUNTHORPE_REREG },
      { who: 'Doug Ledford', when: '2019-02-07', text: 'To kill the database in order to make progress kills what needed the progress.', source: LEDFORD_ODP },
      { who: 'Jason Gunthorpe', when: '2019-08-21', text: 'Descriptors are closed in no fixed order when a process is killed: closing the file may wait for a pin that only the later close of uverbs drops.', source: GUNTHORPE_FD_ORDER },
    ],
    today: 'Not merged.',
  },
  'lease-exclusive': {
    what: 'A longterm pin needs a layout lease on the file. While a process holds one, the layout operations of others fail with ETXTBSY; its own pass the lease, and fail where they would meet a pin.',
    proposed: [
      { who: 'Dave Chinner', when: '2019-06', text: 'An exclusive layout lease: operations of other processes that would have to break it get ETXTBSY, those of its owner pass.' },
      { who: 'Ira Weiny', when: '2019-08-09', text: 'RFC v2: a pin without the lease fails, truncate and punch of pinned pages fail, pins are accounted to the file.', source: WEINY_RFC2 },
    ],
    objections: [
      { who: 'Matthew Wilcox', when: '2019-06', text: 'The I/O of the owner itself can still free blocks under its MR, and two independent RDMA processes need leases that can be shared.', source: page('https://lkml.iu.edu/hypermail/linux/kernel/1906.1/05486.html') },
      { who: 'Jason Gunthorpe', when: '2019-08-23', text: 'The lease has to belong to the MR, not to a descriptor: passing descriptors on breaks it otherwise.', source: GUNTHORPE_MR_OWNS },
      { who: 'Jason Gunthorpe', when: '2019-08-21', text: 'A close that blocks until the pin is gone can deadlock when the process is killed.', source: GUNTHORPE_FD_ORDER },
    ],
    today: 'Not merged; the series ended with RFC v2.',
  },
  revoke: {
    what: 'Whatever would take a block from under an MR fences that MR first: truncate, fallocate, reflink, and also a write that breaks a COW. Its key is dead afterwards and its pins are gone; pins of O_DIRECT are waited for.',
    proposed: [
      { who: 'Dan Williams', when: '2019-02-06', text: 'There must be some safe way to recall a registration from the hardware.', source: WILLIAMS_SIGKILL },
      { who: 'Jason Gunthorpe', when: '2019-02-07', text: 'Looked at what hardware offers for it (rereg_user_mr, a protection domain of its own), and found it wanting.', source: GUNTHORPE_REREG },
    ],
    objections: [REVOKE_IS_NO_FENCE, DOS_ENGINE],
    today: 'Not for MRs of virtual addresses. MRs of dma-buf memory have a revoke path (ib_umem_dmabuf_revoke).',
  },
  'odp-only': {
    what: 'There are no longterm pins at all, of whatever memory: only MRs with on-demand paging, which hold nothing, follow the page tables by the MMU notifier, and fault again after each change.',
    proposed: [
      { who: 'Jason Gunthorpe', when: '2019-02-07', text: 'Hardware with page faults can be halted while a page moves, as GPUs are; use that.', source: GUNTHORPE_TOY },
      { who: 'Doug Ledford', when: '2019-02-07', text: 'For the near term, require on-demand paging for XFS with DAX.', source: LEDFORD_ODP },
      { who: 'Jan Kara', when: '2019-02-11', text: 'On-demand paging pins like O_DIRECT and tears down by MMU notifiers; it needs no lease.', source: KARA_SWAPFILE },
    ],
    objections: [
      { who: 'Dan Williams', when: '2019-02-06', text: 'Then the answer to everybody whose hardware has no on-demand paging is: no RDMA for you.', source: WILLIAMS_STATUS_QUO },
    ],
    today: 'On-demand paging works on fsdax in mainline (mlx5, rxe). Other memory can still be pinned for long.',
  },
  seed: {
    what: 'static-fs with the rest of the same message: a pin for reading breaks the COW as a pin for writing does, and no new reflink of a file is made while it is pinned.',
    proposed: [
      { who: 'Jason Gunthorpe', when: '2019-02-06', text: 'A READ MR on a file that shares blocks goes stale when its own process stores through the mapping; to fix that, READ has to be treated like WRITE.', source: SEED },
      { who: 'Dan Williams', when: '2019-02-06', text: 'Any longterm pin should break the COW as if it were a write.', source: WILLIAMS_BREAK_COW },
    ],
    objections: [
      NARROWS_THE_CONTRACT,
      { who: 'Dan Williams', when: '2019-02-07', text: 'A switch of what truncate does changes the interface incompatibly; better audit the configuration.', source: WILLIAMS_ABI },
    ],
    today: 'Not merged. For private mappings the kernel does break the COW at a read-only longterm pin (6.2); for shared mappings of reflinked blocks it does not.',
  },
  'device-dax': {
    what: 'No file system: one character device whose blocks never move, so that there is nothing to wait for and nothing to refuse. There are no names, no sizes, no reflink, no truncate; longterm pins are allowed.',
    proposed: [
      { who: 'Dan Williams', when: '2019-02-06', text: 'What a static file system would be exists already, as device-dax.', source: WILLIAMS_BREAK_COW },
    ],
    objections: [
      { who: 'Jason Gunthorpe', when: '2019-02-07', text: 'A file system without relocation is more than device-dax: it keeps the rest of what a file system is.', source: GUNTHORPE_TWO_KINDS },
      { who: 'Dan Williams', when: '2019-02-06', text: 'It loses the provisioning, permissions and names that a file system gives.', source: WILLIAMS_STATUS_QUO },
    ],
    today: 'In mainline, longterm pins included.',
  },
}; // prettier-ignore
