/**
 * The options of the debate as data: one list of knobs, one list of presets. A value's meaning lives in one function of
 * `sim/policies`; nothing else asks for a knob by name.
 * Sources: the 2019 thread "Discuss least bad options for resolving longterm-GUP usage by RDMA"; who proposed what is
 * in `from`.
 */
export const KNOBS = {
  'pin.longterm': ['refuse', 'allow', 'lease', 'immutable', 'never'],
  'pin.readonly': ['share', 'unshare'],
  'layout.onPin': ['wait', 'ignore', 'etxtbsy', 'revoke', 'kill', 'rewrite'],
  'layout.scope': ['inode', 'range'],
  'layout.lease': ['none', 'recall', 'exclusive'],
  'write.onPin': ['relocate', 'wait', 'fail', 'revoke'],
  'reflink.onPin': ['wait', 'etxtbsy', 'allow', 'copy', 'revoke'],
  'free.onPin': ['immediate', 'defer'],
  'fs.reflink': ['on', 'off'],
  'fs.punch': ['on', 'off'],
  'fs.shrink': ['on', 'etxtbsy'],
  'file.immutable': ['off', 'immutable', 'swapfile'],
  'hw.odp': ['on', 'off'],
} as const;

export type KnobName = keyof typeof KNOBS;
export type KnobValue<K extends KnobName> = (typeof KNOBS)[K][number];
export type Knobs = { readonly [K in KnobName]: KnobValue<K> };
export const KNOB_NAMES = Object.keys(KNOBS) as readonly KnobName[];

/** Today's kernel: the first value of every knob. */
export const MAINLINE: Knobs = {
  'pin.longterm': 'refuse',
  'pin.readonly': 'share',
  'layout.onPin': 'wait',
  'layout.scope': 'inode',
  'layout.lease': 'none',
  'write.onPin': 'relocate',
  'reflink.onPin': 'wait',
  'free.onPin': 'immediate',
  'fs.reflink': 'on',
  'fs.punch': 'on',
  'fs.shrink': 'on',
  'file.immutable': 'off',
  'hw.odp': 'on',
};

export type Preset = {
  /** Who proposed it, as the thread has it. */
  readonly from: string;
  /** What it does, one plain sentence for the picker. */
  readonly gist: string;
  readonly differs: Partial<Knobs>;
  /** The preset replaces the file system of the text. */
  readonly fs?: 'device-dax';
};

export const PRESETS = {
  mainline: {
    from: "Williams 2017/18; today's kernel",
    gist: 'Longterm pins of fsdax are refused; layout operations wait for short-term pins.',
    differs: {},
  },
  unprotected: {
    from: 'before 4.15',
    gist: 'Pins are allowed and nothing looks at them.',
    differs: { 'pin.longterm': 'allow', 'layout.onPin': 'ignore', 'reflink.onPin': 'allow' },
  },
  wait: {
    from: 'ban lifted, nothing else',
    gist: 'Longterm pins are allowed; layout operations wait for them, without bound.',
    differs: { 'pin.longterm': 'allow' },
  },
  etxtbsy: {
    from: 'Ledford, Gunthorpe; Weiny RFC',
    gist: 'Layout operations and reflink fail with ETXTBSY where a pin is in range.',
    differs: {
      'pin.longterm': 'allow',
      'layout.onPin': 'etxtbsy',
      'layout.scope': 'range',
      'reflink.onPin': 'etxtbsy',
    },
  },
  'static-fs': {
    from: "Gunthorpe's “XFS--”",
    gist: 'No reflink, no punch; a shrinking truncate of a mapped or pinned file is ETXTBSY.',
    differs: {
      'pin.longterm': 'allow',
      'fs.reflink': 'off',
      'fs.punch': 'off',
      'fs.shrink': 'etxtbsy',
      'layout.onPin': 'etxtbsy',
      'layout.scope': 'range',
    },
  },
  'immutable-file': {
    from: 'Chinner; Williams S_IOMAP_IMMUTABLE',
    gist: 'Only a fully written, unshared file that was sealed first can be pinned; a sealed file keeps its layout.',
    differs: { 'pin.longterm': 'immutable', 'file.immutable': 'immutable', 'reflink.onPin': 'allow' },
  },
  'swapfile-rules': {
    from: 'Kara',
    gist: 'Only a file marked as a swap file is can be pinned; it can neither change its layout nor be unlinked.',
    differs: { 'pin.longterm': 'immutable', 'file.immutable': 'swapfile' },
  },
  'deferred-free': {
    from: 'Gunthorpe; Hubbard',
    gist: 'Layout operations go on at once; a pinned block is kept from the allocator until its last pin goes.',
    differs: {
      'pin.longterm': 'allow',
      'layout.onPin': 'ignore',
      'layout.scope': 'range',
      'free.onPin': 'defer',
    },
  },
  rewrite: {
    from: 'Lameter',
    gist: 'Layout operations succeed; pinned blocks in range stay in the file with their contents.',
    differs: { 'pin.longterm': 'allow', 'layout.onPin': 'rewrite', 'layout.scope': 'range' },
  },
  'lease-revoke': {
    from: 'Chinner, Williams',
    gist: 'A pin needs a layout lease; who changes the layout recalls it, waits a grace period, then fences the MRs.',
    differs: {
      'pin.longterm': 'lease',
      'layout.lease': 'recall',
      'layout.onPin': 'revoke',
      'reflink.onPin': 'revoke',
    },
  },
  'lease-kill': {
    from: 'Williams',
    gist: 'A pin needs a layout lease; after the grace period the process that still pins is killed.',
    differs: { 'pin.longterm': 'lease', 'layout.lease': 'recall', 'layout.onPin': 'kill' },
  },
  'lease-exclusive': {
    from: 'Chinner; Weiny RFC v2',
    gist: 'A pin needs a layout lease; while a process holds one, layout operations of others are ETXTBSY.',
    differs: {
      'pin.longterm': 'lease',
      'layout.lease': 'exclusive',
      'layout.onPin': 'etxtbsy',
      'reflink.onPin': 'etxtbsy',
    },
  },
  revoke: {
    from: 'analysed by Gunthorpe',
    gist: 'Whatever would take a block from under an MR fences the MR first and goes on.',
    differs: {
      'pin.longterm': 'allow',
      'layout.onPin': 'revoke',
      'write.onPin': 'revoke',
      'reflink.onPin': 'revoke',
    },
  },
  'odp-only': {
    from: 'Gunthorpe, Ledford, Kara',
    gist: 'No longterm pins at all: only on-demand-paging MRs, which follow the page tables.',
    differs: { 'pin.longterm': 'never' },
  },
  seed: {
    from: "Gunthorpe's reply that started this project",
    gist: 'static-fs, and a READ pin breaks the COW as a WRITE pin does; no reflink while pinned.',
    differs: {
      'pin.longterm': 'allow',
      'fs.reflink': 'off',
      'fs.punch': 'off',
      'fs.shrink': 'etxtbsy',
      'layout.onPin': 'etxtbsy',
      'layout.scope': 'range',
      'pin.readonly': 'unshare',
      'reflink.onPin': 'etxtbsy',
    },
  },
  'device-dax': {
    from: 'Williams',
    gist: 'No file system: one character device whose blocks never move.',
    differs: {},
    fs: 'device-dax',
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/** What runs: a preset's name (`mainline` if only knobs were given), the knobs on top of it, and the sum. */
export type Option = {
  readonly preset: PresetName;
  readonly changed: Partial<Knobs>;
  readonly knobs: Knobs;
};

export function makeOption(preset: PresetName, changed: Partial<Knobs> = {}): Option {
  return { preset, changed, knobs: { ...MAINLINE, ...PRESETS[preset].differs, ...changed } };
}

/** `wait`, `wait pin.readonly=unshare`: as the text writes it. */
export function formatOption(option: Option): string {
  const changes = KNOB_NAMES.filter((k) => option.changed[k] !== undefined).map((k) => `${k}=${option.changed[k]}`);
  return [option.preset, ...changes].join(' ');
}
