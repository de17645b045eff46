/** `matrix` for people: letters, options × properties, within 100 columns. */
import type { Verdict } from '../checker/verdict.ts';
import { moveText } from '../explain/moves.ts';
import { PROPERTIES, PROPERTY_IDS } from '../sim/model/property.ts';
import type { Matrix, MatrixRow } from './matrixCommand.ts';
import { countsVisited, extentWords, grouped, lengthOf, nameOf, seconds, settingsWords, statesWords } from './words.ts';

/** A longer name has its letters on the next line. */
const WIDEST_NAME = 15;
const CELL = 4;

type Wanted = { readonly quote: boolean; readonly version: string };

export function matrixText(matrix: Matrix, { quote, version }: Wanted): string {
  const { file, rows, interrupted } = matrix;
  const [first] = rows;
  if (first === undefined) return 'no option was asked for';
  const { program, report } = first;
  const head = [
    `${nameOf(file)}${program.title === '' ? '' : `: ${program.title}`}`,
    `kernel ${program.kernel}, ${settingsWords(report.settings)}`,
  ];
  const width = Math.max(...rows.map(({ report: { states } }) => grouped(states).length), 'states'.length);
  const titles = `${' '.repeat(WIDEST_NAME)} ${'states'.padStart(width)}  ${PROPERTY_IDS.map((id) => id.padEnd(CELL)).join('')}`.trimEnd(); // prettier-ignore
  const ms = rows.reduce((sum, row) => sum + row.ms, 0);
  const unit = report.settings.grain === 'op' ? 'moves' : 'micro-steps';
  return [
    ...head,
    '',
    titles,
    ...rows.flatMap((row) => rowLines(row, width)),
    '',
    `H holds, V4 violated in 4 ${unit} (V0: by the lines above the first menu), ? unknown, - vacuous`,
    `${countsVisited(report.settings) ? 'states visited; ' : ''}* incomplete; ${interrupted ? 'stopped after ' : ''}${seconds(ms)}`,
    ...(quote ? ['', ...rows.flatMap((row) => quotes(row, nameOf(file), version))] : []),
  ].join('\n');
}

function rowLines({ option, report }: MatrixRow, width: number): readonly string[] {
  const letters = PROPERTY_IDS.map((id) => letter(report.properties[id]).padEnd(CELL)).join('');
  const cells = `${grouped(report.states).padStart(width)}${report.complete ? ' ' : '*'} ${letters}`.trimEnd();
  return option.length > WIDEST_NAME
    ? [option, `${' '.repeat(WIDEST_NAME)} ${cells}`]
    : [`${option.padEnd(WIDEST_NAME)} ${cells}`];
}

function letter(verdict: Verdict): string {
  switch (verdict.type) {
    case 'holds':
      return 'H';
    case 'violated':
      return `V${verdict.trace.length}`;
    case 'unknown':
      return '?';
    case 'vacuous':
      return '-';
  }
}

/** `wait: S5b stale-read violated in 4 moves: app m = mmap A; … (184,302 states, complete; Daxpin 0.4.0, kernel 7.0, …)`. */
function quotes({ option, program, report }: MatrixRow, world: string, version: string): readonly string[] {
  const { grain } = report.settings;
  const from = `Daxpin ${version}, kernel ${program.kernel}, world ${world}, ${settingsWords(report.settings)}`;
  return PROPERTY_IDS.flatMap((id) => {
    const verdict = report.properties[id];
    if (verdict.type !== 'violated') return [];
    const moves = verdict.trace.map((move) => moveText(program, move, grain));
    const how = moves.length === 0 ? verdict.message : moves.join('; ');
    return [`${option}: ${id} ${PROPERTIES[id].name} violated in ${lengthOf(verdict.trace, grain)}: ${how} (${statesWords(report)}, ${extentWords(report)}; ${from})`]; // prettier-ignore
  });
}
