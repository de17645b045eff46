/** The commands whose outputs an import takes, as one script for a root shell (bash). */
export const RECIPE = `# As root, in bash, on the machine. What you ask about, and who maps it:
FILES="/mnt/pmem/f1 /mnt/pmem/f2"
PIDS="4242"
{
for f in $FILES; do filefrag -v "$f"; done
for f in $FILES; do xfs_bmap -vvp "$f"; done             # XFS
for f in $FILES; do xfs_io -r -c "fiemap -v" "$f"; done  # any other file system
for p in $PIDS; do
  tail -v -n +1 /proc/$p/smaps                           # it holds maps, too
  for f in $FILES; do grep -F " $f" /proc/$p/maps; done | while IFS='- ' read -r a b _; do
    echo "# pagemap $p $a"
    dd if=/proc/$p/pagemap bs=8 skip=$((0x$a / 4096)) count=$(((0x$b - 0x$a) / 4096)) status=none | od -An -v -t x8
  done
done
rdma resource show mr                                    # or rdma -j resource show mr
grep nr_foll_pin /proc/vmstat
} > daxpin-import.txt 2>/dev/null
`;
