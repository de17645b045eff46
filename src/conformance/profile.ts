import type { Kernel } from '../sim/model/program.ts';

/** Which profile stands for a kernel: by the rework of fsdax page references in 6.15, and what came with 6.12. */
export function profileOf(kernel: string): Kernel | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)\b/.exec(kernel) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const at = Number(major) * 1000 + Number(minor);
  if (at < 6001) return undefined;
  return at < 6012 ? '6.1' : at < 6015 ? '6.12' : '7.0';
}
