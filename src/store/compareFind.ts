/** The shortest run of a text with choices on which two options part, and that run compared. */
import { compareScenario } from './actions.ts';
import { compared, setCompared } from './compareStore.ts';
import { labPool } from './labPool.ts';
import { lab } from './labStore.ts';
import { page, pageStore } from './store.ts';
import { addTrace } from './traces.ts';
import type { DifferenceReport } from '../checker/difference.ts';
import { traceText } from '../scenario/traceText.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { Comparison } from '../viewmodel/compareRows.ts';
import type { CheckNews } from '../worker/checkPool.ts';

let search: number | undefined;

/** undefined: it can be looked for. */
export function whyNotFound({ menus }: Program): string | undefined {
  return menus.length > 0 ? undefined : 'This text leaves no choice: its one run is compared here. A line `any ACTOR: …` gives the actors a choice.'; // prettier-ignore
}

export function findShortest(): void {
  const { comparison } = compared();
  if (comparison === undefined || whyNotFound(comparison.left.program) !== undefined) return;
  stopFinding();
  const { left, right } = comparison;
  const { maxStates, maxBytes } = (labPool(), lab());
  const settings = { maxPairs: maxStates, maxBytes, properties: true };
  setCompared({ find: { status: 'running', words: 'Looking …' } });
  const check = labPool().add({ type: 'difference', first: left.program, second: right.program, settings }, (news) => {
    if (search === check) hear(comparison, news);
  });
  search = check;
}

export function stopFinding(): void {
  if (search !== undefined) labPool().cancel(search);
  search = undefined;
  setCompared({ find: undefined });
}

function hear(of: Comparison, news: CheckNews): void {
  if (news.type === 'pairs')
    return setCompared({ find: { status: 'running', words: `${news.pairs} pairs of states so far` } });
  if (news.type !== 'difference' && news.type !== 'failed') return;
  search = undefined;
  if (news.type === 'failed') return setCompared({ find: { status: 'failed', words: `They cannot be compared: ${news.message}` } }); // prettier-ignore
  if (news.report.difference === undefined) setCompared({ find: { status: 'none', words: noneWords(news.report) } });
  else openFound(of, news.report.difference.trace);
}

const noneWords = ({ complete, pairs }: DifferenceReport): string =>
  complete ? `No run tells them apart: all ${pairs} pairs of states were seen.` : `None found in ${pairs} pairs of states.`; // prettier-ignore

/** As a text of its own, under both options, where they part. */
function openFound({ left, right }: Comparison, moves: NonNullable<DifferenceReport['difference']>['trace']): void {
  const { text, scenario } = page();
  const { program } = left;
  const [one, other] = [formatOption(program.option), formatOption(right.program.option)];
  const name = `where ${one} and ${other} differ`;
  const about = { title: `${name} (${program.title === '' ? scenario : program.title})`, option: one };
  setCompared({ find: undefined });
  const found = addTrace(name, traceText({ text, program }, { grain: 'op', moves }, about));
  compareScenario(found, undefined, { other, want: 'difference' });
}

/** Nobody waits for it any more. */
pageStore.subscribe((now, before) => {
  if (search !== undefined && (now.screen !== 'compare' || now.text !== before.text)) stopFinding();
});
