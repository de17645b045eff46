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
import { transportScene } from '../../viewmodel/transportScene.ts';
import { legendOfText } from './legendText.ts';
import { pictureOf } from './picture.ts';
import { ascii, WIDTH, wrap } from './plainText.ts';
import { traceLines } from './runText.ts';
import { boundLines, cardLines, changeLines, verdictLines, waitLines, warningLines } from './verdictText.ts';

export type MailInput = {
  readonly program: Program;
  readonly outline: Outline;
  readonly moment: Moment;
  /** Of the scenario: its setup is printed, so that the block can be read back without its link. */
  readonly text: string;
  /** Absent: there is no page to link to; the block can be pasted into one all the same. */
  readonly link?: string;
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

const FIRST_WORD = 'daxpin:';

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
    ...wrap(
      'paste this text into the page, quoted as it may be'.concat(
        input.link === undefined ? '' : ', or follow the link',
      ),
      'to reopen: ',
      2,
    ),
    ...(input.link === undefined ? [] : linkLines(ascii(input.link))),
  ];
}

export const mailBlock = (input: MailInput, looks: MailLooks): string => `${mailLines(input, looks).join('\n')}\n`;
