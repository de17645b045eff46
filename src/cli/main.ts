/** The command line without its process: words and files in, two streams and an exit status out. */
import { readCall } from './args.ts';
import { checkFiles } from './checkCommand.ts';
import { findDifference } from './diffCommand.ts';
import { drawFile } from './drawCommand.ts';
import { importFiles } from './importCommand.ts';
import type { ExitStatus, Io } from './io.ts';
import { printMatrix } from './matrixCommand.ts';
import { formatFile, runFiles } from './runCommand.ts';
import { SYNOPSIS, USAGE } from './usage.ts';

export async function main(argv: readonly string[], io: Io): Promise<ExitStatus> {
  const call = readCall(argv);
  if (!call.ok) {
    io.err(`daxpin: ${call.error}\n${SYNOPSIS}`);
    return 2;
  }
  switch (call.value.command) {
    case 'help':
      io.out(USAGE);
      return 0;
    case 'fmt':
      return formatFile(call.value.file, io);
    case 'run':
      return runFiles(call.value, io);
    case 'check':
      return checkFiles(call.value, io);
    case 'matrix':
      return printMatrix(call.value, io);
    case 'diff':
      return findDifference(call.value, io);
    case 'import':
      return importFiles(call.value, io);
    case 'draw':
      return drawFile(call.value, io);
  }
}
