/** A scenario of 64 claimed pages and 8 actors, for measuring the page at the size that it has to stay quick at. */
export function crowdedText(): string {
  const tags = (from: number, n: number): string =>
    Array.from({ length: n }, (_, i) => String.fromCharCode(97 + ((from + i) % 26))).join('');
  const lines = ['title "64 pages, 8 actors"', 'device 80', 'option wait'];
  for (let f = 0; f < 4; f++) lines.push(`file F${f} ${tags(f * 5, 16)}`);
  for (let a = 0; a < 6; a++) {
    lines.push(`p${a} m${a} = mmap F${a % 4}`);
    for (let i = 0; i < 16; i += 2) lines.push(`p${a} load m${a} ${i}`);
    lines.push(`p${a} r${a} = reg_mr m${a} ${a} 4 local_write remote_read remote_write`);
  }
  for (let i = 0; i < 12; i++) {
    lines.push(`p${i % 6} store m${i % 6} ${(i * 5) % 16} Z`);
    lines.push(`peer rdma_write r${i % 6} ${i % 4} Y`, `peer rdma_read r${i % 6} ${(i + 1) % 4}`);
  }
  lines.push('admin reflink F0 G', 'p0 store m0 0 Q');
  return `${lines.join('\n')}\n`;
}
