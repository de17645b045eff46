// The fixtures, and what a kernel file system makes of them: see tests/fixtures/import/README.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../fixtures/import');

export const sample = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
export const sampleBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));

export const PAGEMAP = 'pagemap-4409-7f93e5469000';
export const TEXTS = [
  'fiemap-6.1.0.txt',
  'fiemap-6.13.0.txt',
  'filefrag-1.47.0-b1024.txt',
  'filefrag-1.47.0-ext4.txt',
  'filefrag-1.47.0-ext4-4k.txt',
  'filefrag-1.47.0-hex.txt',
  'filefrag-1.47.0-xfs.txt',
  'filefrag-1.47.2-xfs.txt',
  'maps-6.18.txt',
  'pagemap-od.txt',
  'rdma-mr-jp.synthetic.txt',
  'rdma-mr-json.synthetic.txt',
  'rdma-mr.synthetic.txt',
  'smaps-6.18.txt',
  'vmstat-6.18.txt',
  'xfs_bmap-6.1.0.txt',
  'xfs_bmap-6.13.0.txt',
] as const;
