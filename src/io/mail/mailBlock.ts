/**
 * A state of a run as a block of text for a mailing list: a diagram that survives quoting, the trace up to here, what is
 * broken and why, how far that judgement reaches, and the link that brings it all back. Pure: from a run and a moment.
 */
import { spanAt } from '../../base/spans.ts';
import { kernelBadge } from '../../explain/kernelBadge.ts';
import { turnSentence } from '../../explain/sentences.ts';
import { formatOption, PRESETS } from '../../sim/model/knobs.ts';
import type { Program } from '../../sim/model/program.ts';
import type { Moment, Outline } from '../../sim/outline.ts';
import { claimCount } from './claimCount.ts';
import { factsOf } from '../../viewmodel/facts.ts';
import { sceneBox } from '../../viewmodel/stageBoxes.ts';
import { dramColumns } from '../../viewmodel/stageCells.ts';
import { planFor, sceneCells } from '../../viewmodel/stageScene.ts';
import { textWidth } from '../../viewmodel/textWidth.ts';
import { transportScene } from '../../viewmodel/transportScene.ts';
import { legendOfText } from './legendText.ts';
import { pageLines } from './pageList.ts';
import { ascii, safe, WIDTH, wrap } from './plainText.ts';
import { traceLines } from './runText.ts';
import { scoreLines } from './score.ts';
import { boundLines, cardLines, changeLines, verdictLines, waitLines, warningLines } from './verdictText.ts';

export type MailInput = {
  readonly program: Program;
  readonly outline: Outline;
  readonly moment: Moment;
  /** Of the scenario: its setup is printed, so that the block can be read back without its link. */
  readonly text: string;
  readonly link: string;
  readonly build: string;
  /** Of a run that the lab found: what it was, and in how many states. */
  readonly found?: string;
};

export type MailLooks = {
  /** Lines of box drawing instead of ASCII. */
  readonly box: boolean;
  /** The run up to here, beside the state. */
  readonly trace: boolean;
};

export const FIRST_WORD = 'daxpin:';

/** Columns are those of the stage at this size; only their order is used. */
const LIKE = { width: 4000, height: 2000, k: 1, measure: textWidth };

/** `fs xfs reflink=1 dax=always`, as a text would ask for it. */
function machineText({ fs, blocks }: Program): string {
  const settings = fs.type === 'device-dax' ? '' : ` dax=${fs.dax}${fs.log === 'async' ? ' log=async' : ''}`;
  const reflink = fs.type === 'xfs' ? ` reflink=${fs.reflink ? 1 : 0}` : '';
  return `${fs.type}${reflink}${settings}, ${blocks} blocks`;
}

function headLines({ program, outline, moment }: MailInput): string[] {
  const { place, actor, line, verdict, ahead } = transportScene(program, outline, moment.at);
  const step = ahead ? place : `${place}: ${actor} ${line}${verdict === '' ? '' : ` (${verdict})`}`;
  const { kernel, option } = program;
  return [
    ...wrap(program.title === '' ? 'untitled' : program.title, `${FIRST_WORD} `, 2),
    ...wrap(formatOption(option), 'option ', 2),
    ...wrap(`${kernel} (${kernelBadge(kernel).text}), ${machineText(program)}`, 'kernel ', 2),
    ...wrap(step, '', 2),
  ];
}

type Picture = {
  readonly plain: readonly string[];
  readonly shown: readonly string[];
  readonly objects: readonly string[];
};

/** The score, or page by page where it would not be all of the truth in 72 columns. */
function pictureOf({ program, outline, moment }: MailInput, box: boolean): Picture {
  const plan = planFor(program, outline, LIKE);
  const facts = factsOf({ program, outline, moment, focus: undefined }, plan);
  const { state, before } = moment;
  const dramCols = dramColumns(state, plan, facts.live);
  const cells = sceneCells({ program, state, before, plan }, facts, dramCols);
  const input = { program, state, plan, facts, cells, dramCols };
  const whole = facts.claims === claimCount(state);
  const plain = (whole ? scoreLines(input, false) : undefined) ?? pageLines(program, moment, facts.violated);
  const shown = box && whole ? (scoreLines(input, true) ?? plain) : plain;
  const setting = { program, state, before, plan, lit: undefined, ring: '' };
  const order = [...facts.live].sort((a, b) =>
    a.box.side === 'above' && b.box.side === 'above' ? b.box.row - a.box.row : 0,
  );
  const objects = order.flatMap((live) => wrap(sceneBox(setting, live).name.replaceAll(' · ', ', '), '  ', 4));
  return { plain: plain.map(safe), shown: shown.map((line) => line.trimEnd()), objects };
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', ...(title === '' ? [] : [title]), ...lines];

/** Cut into pieces of a line each: whoever reads it back joins them. */
function linkLines(link: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < link.length; at += WIDTH) lines.push(link.slice(at, at + WIDTH));
  return lines;
}

export function mailLines(input: MailInput, looks: MailLooks): string[] {
  const { program, outline, moment } = input;
  const { plain, shown, objects } = pictureOf(input, looks.box);
  const turn = outline.turns[spanAt(outline.turns, moment.at)];
  const gist = turn === undefined ? [PRESETS[program.option.preset].gist] : [];
  return [
    ...headLines(input),
    ...section('', shown),
    ...section('', objects),
    ...section('', wrap(turnSentence(program, outline, moment))),
    ...gist.flatMap((text) => wrap(text, `option ${program.option.preset}: `, 2)),
    ...changeLines(input),
    ...section('', waitLines(input)),
    ...section('', [...cardLines(input), ...warningLines(input)]),
    ...(looks.trace ? section('', traceLines(input.text, { program, outline, at: moment.at })) : []),
    ...section('', verdictLines(input)),
    ...boundLines(input),
    ...(input.found === undefined ? [] : wrap(input.found, 'found: ', 2)),
    ...section('', wrap(legendOfText(plain), 'signs: ', 2)),
    ...wrap(`daxpin ${input.build}, at micro-step ${moment.at} of ${outline.length}`, 'made by ', 2),
    ...section('', linkLines(ascii(input.link))),
  ];
}

export const mailBlock = (input: MailInput, looks: MailLooks): string => `${mailLines(input, looks).join('\n')}\n`;
