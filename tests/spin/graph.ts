// The state graph that default.pml prints with -DGRAPH: what is violated, after how many operations at the soonest.

type Edge = { readonly from: number; readonly to: number; readonly bad: number; readonly label: number };

/** The bits of default.pml. */
const IDS = ['S1', 'S2', 'S4', 'S5a', 'S5b', 'S6', 'S8', 'L5', 'L7', 'L8', 'F1', 'L2'] as const;
const BITS = [1, 2, 4, 8, 16, 32, 64, 256, 512, 1024, 2048, 4096];
/** What default.pml has an answer to. */
export const ASKED: readonly string[] = [...IDS, 'L1'];

const DEREG = 5;

export class Graph {
  readonly texts = new Map<number, string>();
  private readonly edges: Edge[] = [];
  private before = 0;
  private readonly depths = new Map<number, number>();

  constructor(output: string) {
    for (const line of output.split('\n')) {
      const [kind, ...rest] = line.split(' ');
      const [from = 0, to = 0, bad = 0, label = 0] = rest.map(Number);
      if (kind === 'state') this.texts.set(from, rest.slice(1).join(' '));
      else if (kind === 'edge') this.edges.push({ from, to, bad, label });
      else if (kind === 'before') this.before = from;
    }
    this.measure();
  }

  /** The first state that is told is the start. */
  private measure(): void {
    const next = groupBy(this.edges, ({ from }) => from);
    this.depths.set(1, 0);
    for (const [from, depth] of this.depths)
      for (const { to } of next.get(from) ?? []) if (!this.depths.has(to)) this.depths.set(to, depth + 1);
  }

  /** Property → operations of a shortest run that violates it. */
  violated(): Readonly<Record<string, number>> {
    const found: [string, number][] = [];
    IDS.forEach((id, k) => {
      const bit = BITS[k] ?? 0;
      const lengths = this.edges.flatMap(({ from, bad }) => ((bad & bit) === 0 ? [] : [(this.depths.get(from) ?? NaN) + 1])); // prettier-ignore
      if ((this.before & bit) !== 0) lengths.push(0);
      if (lengths.length > 0) found.push([id, least(lengths)]);
    });
    const hopeless = [...this.hopeless('app', () => true), ...this.hopeless('admin', ({ label }) => label !== DEREG)];
    if (hopeless.length > 0) found.push(['L1', least(hopeless.map((state) => this.depths.get(state) ?? NaN))]);
    return Object.fromEntries(found);
  }

  /** States in which its operation waits, and from which it cannot end by steps that others do not volunteer for. */
  private hopeless(actor: string, counts: (edge: Edge) => boolean): readonly number[] {
    const waiting = new RegExp(`\\b${actor}\\d:[123]:`);
    const waits = new Set([...this.texts].filter(([, text]) => waiting.test(text)).map(([id]) => id));
    const into = groupBy(this.edges.filter(counts), ({ to }) => to);
    const ended = [...this.texts.keys()].filter((id) => !waits.has(id));
    for (let id = ended.pop(); id !== undefined; id = ended.pop())
      for (const { from } of into.get(id) ?? []) if (waits.delete(from)) ended.push(from);
    return [...waits];
  }
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), Infinity);

function groupBy(edges: readonly Edge[], by: (edge: Edge) => number): ReadonlyMap<number, readonly Edge[]> {
  const groups = new Map<number, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(by(edge));
    if (group === undefined) groups.set(by(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}
