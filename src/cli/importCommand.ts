/** `import FILE…`: outputs of tools on a real machine → a scenario in its state. */
import { importMachine, type ImportReport, type PieceReport } from '../import/importMachine.ts';
import type { Source } from '../import/read.ts';
import type { ImportCall } from './args.ts';
import type { ExitStatus, Io } from './io.ts';

export function importFiles({ files, hidden, json }: ImportCall, io: Io): ExitStatus {
  const sources: Source[] = [];
  for (const file of files) {
    const source = readBytes(file, io);
    if (source === undefined) return 2;
    sources.push(source);
  }
  const report = importMachine(sources, { hidden });
  if (json) io.out(`${JSON.stringify(importJson(report))}\n`);
  else if (report.text !== undefined) io.out(report.text);
  for (const piece of report.pieces) io.err(pieceText(piece));
  if (!json) for (const misfit of report.misfits) io.err(`did not fit: ${misfit}\n`);
  if (report.text === undefined) {
    io.err('daxpin: no file with extents in these outputs: there is nothing to make a scenario of\n');
    return 2;
  }
  return report.misfits.length > 0 || report.pieces.some(({ problem }) => problem !== undefined) ? 1 : 0;
}

/** A pagemap is no text. */
function readBytes(file: string, io: Io): Source | undefined {
  try {
    return { name: file, content: io.bytes === undefined ? io.read(file) : io.bytes(file) };
  } catch (error) {
    io.err(`daxpin: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

function pieceText({ source, line, command, problem }: PieceReport): string {
  if (problem === undefined) return '';
  return `${source === '' ? 'input' : source}:${problem.line}: ${line === problem.line ? '' : `${command}: `}${problem.text}\n  ${problem.cure}\n`;
}

/** Field names, order and `null` for "absent" are a format that scripts read. */
function importJson({ pieces, assumed, misfits, table, text, steps }: ImportReport) {
  return {
    pieces: pieces.map(({ command, source, line, said, problem }) => ({ command, source, line, said, problem: problem ?? null })),
    assumed,
    misfits,
    blocks: table.map(({ block, count, physical, files }) => ({ block, count, physical: physical ?? null, files })),
    steps,
    text: text ?? null,
  };
} // prettier-ignore
