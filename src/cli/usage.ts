/** What a wrong call is answered with. */
export const SYNOPSIS = `usage:
  daxpin run FILE… [--option PRESET] [--set knob=value] [--kernel 6.12] [--json]
  daxpin check FILE… [--option PRESET] [--set knob=value] [--kernel 6.12]
               [--grain op|micro] [--max-states N] [--no-reduction] [--trace PROPERTY] [--json]
  daxpin matrix [--world FILE] [--option PRESET]… [--set knob=value] [--kernel 6.12]
                [--grain op|micro] [--max-states N] [--no-reduction] [--quote] [--json]
  daxpin diff FILE [--option PRESET] [--with PRESET] [--set knob=value] [--kernel 6.12]
              [--with-kernel 6.12] [--properties] [--max-states N] [--json]
  daxpin draw FILE [--at STEP|PROPERTY|start|end] [--option PRESET] [--set knob=value] [--kernel 6.12]
              [--box] [--state-only]
  daxpin fmt FILE
  daxpin import FILE… [--redact] [--json]
FILE may be -. PRESET is a preset, or in quotes what may stand on an option line: "wait pin.readonly=unshare".
Exit status: 0 every expectation and condition met; 1 some not; 2 the text or the call is wrong.
`;

/** What `help` prints. */
export const USAGE = `${SYNOPSIS}
run     plays the text as written.
check   visits every reachable state once and judges every property, and the conditions of the text over all runs. It
        does not judge expectations (->): they are of the run as written. States and outcomes are counted exactly; at
        micro grain partial-order reduction is on, and states are those of the smaller graph. A trace begins with the
        lines above the first menu, so that it can be read alone and pasted as a scenario; what is no line of the
        language (a wake-up, which block the allocator took) stands behind #. --trace S2 prints, instead of the report,
        a scenario that plays the trace found for S2. 1 also where a condition is unknown.
matrix  judges every property under every preset (or those given), for the world given or the bundled one, with every
        reduction: states are those visited. H holds, V4 violated by 4 moves, ? unknown, - vacuous. --quote adds a line
        for each violated cell. 1 only when it was stopped.
diff    finds the shortest run on which two options (the text's own where one is not given) or two kernels behave
        differently: a move gives another result, or is possible in only one; with --properties also: violates a
        property in only one. 0 none, 1 a difference or unknown.
draw    prints the state after a step of the run as written (at the end, where --at is not given), or where a property is
        first violated, as text for a mail: 72 columns of ASCII, with the run up to there and what is violated. --box
        draws lines of Unicode, --state-only leaves the run out. The page opens such a block where it is pasted, quoted or
        wrapped anew as it may be.
import  reads outputs of filefrag -v, xfs_bmap -vvp, xfs_io -c "fiemap -v", rdma resource show mr (-j too) and of
        /proc/PID/maps, smaps, pagemap and /proc/vmstat, in any mix, and prints a scenario in the state of that machine; what
        was assumed and what did not fit stands in its comments. A pagemap is a file named pagemap-PID-START, or text as in
        the recipe of the page. --redact puts numbers for paths, pids and names. 1 where something did not fit.
Ctrl-C ends check, matrix and diff with what is known by then.
`;
