// The editor alone, for looking at: /tests/harness/editor.html?s=read-mr&at=12&theme=dark&w=420&h=640&readonly=1
import { StrictMode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../src/app/tokens.css';
import '../../src/app/app.css';
import type { Diagnostic } from '../../src/scenario/diagnostic.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { Editor } from '../../src/views/editor/Editor.tsx';

/** The worked example of the language, and what a reader of it meets: comments, quotes, every kind of name. */
const EXAMPLE = `title  "A READ MR goes stale when its own process breaks the COW"
device 16                       # blocks
fs     xfs reflink=1 dax=always
option wait pin.readonly=share
file   A abcd                   # four written blocks
file   B = reflink A

app    m  = mmap A              # whole file, shared, read-write
app    mr = reg_mr m remote_read
app    store m 1 X              -> ok
peer   rdma_read mr 1           -> b
app    load m 1                 -> X

exists S2 and S5b
always file A = aXcd and file B = abcd
`;

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
const scale = query.get('k');
if (scale !== null) document.documentElement.style.setProperty('--k', scale);

const scenario = query.get('s');
const long = query.get('lines');
const first =
  long !== null
    ? `file A abcd\n${'app m = mmap A\napp store m 1 X -> ok # a comment of the usual length\n'.repeat(Number(long) / 2)}`
    : scenario !== null
      ? await (await fetch(`/scenarios/${scenario}.dax`)).text()
      : EXAMPLE;

const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

function Harness() {
  const [text, setText] = useState(first);
  const [at, setAt] = useState<number | undefined>(query.has('at') ? Number(query.get('at')) : undefined);
  const loaded = useMemo(() => loadScenario(text), [text]);
  const [steps, setSteps] = useState<readonly { readonly line: number; readonly expected?: string }[]>([]);
  const now = useMemo(
    () =>
      loaded.ok
        ? loaded.value.program.steps.map(({ line, expect }) => ({
            line,
            ...(expect === undefined ? {} : { expected: expect.text }),
          }))
        : undefined,
    [loaded],
  );
  if (now !== undefined && now !== steps) setSteps(now);
  const lines = useMemo(() => steps.map(({ line }) => line), [steps]);
  const results = useMemo(
    () =>
      steps.map(({ line, expected }, i) =>
        i === 2
          ? { line, result: 'ETXTBSY', expected: expected ?? 'ok', met: false }
          : { line, result: expected ?? 'ok', ...(expected === undefined ? {} : { expected, met: true }) },
      ),
    [steps],
  );
  Object.assign(window, { daxpinText: text, daxpinSetText: setText });
  const size = {
    width: query.has('w') ? Number(query.get('w')) : '100%',
    height: query.has('h') ? Number(query.get('h')) : '100%',
  };
  return (
    <div style={size}>
      <Editor
        text={text}
        onChange={setText}
        diagnostics={
          loaded.ok ? (loaded.value.notices.length === 0 ? NO_DIAGNOSTICS : loaded.value.notices) : loaded.error
        }
        steps={lines}
        running={at}
        onGoToLine={setAt}
        results={results}
        readOnly={query.has('readonly')}
        label="Text of the scenario"
      />
    </div>
  );
}

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <Harness />
    </StrictMode>,
  );
