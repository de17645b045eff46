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

/** Values whose rules are not in this build; text that asks for one is refused with a diagnostic, never half-run. */
export const NOT_BUILT: Partial<{ readonly [K in KnobName]: readonly string[] }> = {
  'pin.longterm': ['lease', 'immutable'],
  'layout.onPin': ['revoke', 'kill', 'rewrite'],
  'layout.lease': ['recall', 'exclusive'],
  'write.onPin': ['revoke'],
  'reflink.onPin': ['copy', 'revoke'],
  'file.immutable': ['immutable', 'swapfile'],
};

export type Preset = {
  /** Who proposed it, as the thread has it. */
  readonly from: string;
  /** What it does, one plain sentence for the picker. */
  readonly gist: string;
  readonly differs: Partial<Knobs>;
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
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as readonly PresetName[];

/** Presets of the normative list that need objects of a later build; named so that text gets a true answer. */
export const PRESETS_NOT_BUILT: readonly string[] = [
  'immutable-file',
  'swapfile-rules',
  'rewrite',
  'lease-revoke',
  'lease-kill',
  'lease-exclusive',
  'revoke',
  'device-dax',
];

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
