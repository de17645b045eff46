/**
 * A scenario of the user's own: a name, and one text or several that share their beginning (branches). Plain data, as it
 * is kept in the browser and read back from there.
 */
import { err, ok, type Result } from '../base/result.ts';
import { MAX_TEXT_BYTES, utf8Length } from '../scenario/load.ts';

export type Branch = { readonly id: string; readonly name: string; readonly text: string };

export type OwnScenario = {
  readonly id: string;
  readonly name: string;
  /** At least one; in the order in which they were made. */
  readonly branches: readonly Branch[];
  /** The id of the branch that runs. */
  readonly current: string;
  /** How often it was saved; what a second tab saves on top of an older one is told by it. */
  readonly revision: number;
};

export const MAX_OWN = 500;
export const MAX_BRANCHES = 24;
export const MAX_NAME = 120;

const FORMAT = 1;
const ID = /^[a-z0-9]{4,24}$/;
const FIRST_BRANCH = 'main';

/** A name that nobody else has; not chance in a run. Needs no secure context. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
}

/** One line, not empty, of bounded length. */
export function tidyName(name: string): string {
  const line = [...name.replace(/\s+/g, ' ').trim()].slice(0, MAX_NAME).join('').trim();
  return line === '' ? 'Untitled' : line;
}

export function createOwn(name: string, text: string, id = freshId()): OwnScenario {
  const branch = { id: freshId(), name: FIRST_BRANCH, text };
  return { id, name: tidyName(name), branches: [branch], current: branch.id, revision: 0 };
}

export function currentBranch(own: OwnScenario): Branch {
  const found = own.branches.find(({ id }) => id === own.current) ?? own.branches[0];
  if (found === undefined) throw new Error(`scenario ${own.id} has no branch`);
  return found;
}

export const textOf = (own: OwnScenario): string => currentBranch(own).text;

export function withText(own: OwnScenario, text: string): OwnScenario {
  const { id } = currentBranch(own);
  return { ...own, branches: own.branches.map((branch) => (branch.id === id ? { ...branch, text } : branch)) };
}

/** The new branch is the one that runs; undefined: there are too many. */
export function addBranch(own: OwnScenario, name: string, text: string): OwnScenario | undefined {
  if (own.branches.length >= MAX_BRANCHES) return undefined;
  const branch = { id: freshId(), name: tidyName(name), text };
  return { ...own, branches: [...own.branches, branch], current: branch.id };
}

export function renameBranch(own: OwnScenario, branch: string, name: string): OwnScenario {
  return { ...own, branches: own.branches.map((one) => (one.id === branch ? { ...one, name: tidyName(name) } : one)) };
}

/** The last one stays; its neighbour runs where the current one goes. */
export function removeBranch(own: OwnScenario, branch: string): OwnScenario {
  const at = own.branches.findIndex(({ id }) => id === branch);
  if (at < 0 || own.branches.length < 2) return own;
  const branches = own.branches.filter(({ id }) => id !== branch);
  const current = own.current === branch ? (branches[Math.max(0, at - 1)]?.id ?? '') : own.current;
  return { ...own, branches, current };
}

/** The same to the user: name and texts. */
export function sameContent(a: OwnScenario, b: OwnScenario): boolean {
  return (
    a.name === b.name &&
    a.current === b.current &&
    a.branches.length === b.branches.length &&
    a.branches.every((branch, i) => {
      const other = b.branches[i];
      return other !== undefined && other.id === branch.id && other.name === branch.name && other.text === branch.text;
    })
  );
}

export function encodeOwn(own: OwnScenario): { readonly format: number } & OwnScenario {
  return { format: FORMAT, ...own };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isName = (value: unknown): value is string => typeof value === 'string' && tidyName(value) === value;
const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);

function decodeBranch(value: unknown): Result<Branch, string> {
  if (!isRecord(value)) return err('a branch is not an object');
  const { id, name, text } = value;
  if (!isId(id)) return err('a branch has no id');
  if (!isName(name)) return err('a branch has no name');
  if (typeof text !== 'string') return err('a branch has no text');
  if (utf8Length(text) > MAX_TEXT_BYTES) return err(`a text is longer than ${MAX_TEXT_BYTES / 1024} kB`);
  return ok({ id, name, text });
}

/** What is in the browser may come from anybody: another version, a bug, another page of the same host. */
export function decodeOwn(value: unknown): Result<OwnScenario, string> {
  if (!isRecord(value)) return err('not an object');
  const { format, id, name, branches, current, revision } = value;
  if (format !== FORMAT) return err('its format is not known');
  if (!isId(id)) return err('no id');
  if (!isName(name)) return err('no name');
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 0) return err('no revision');
  if (!Array.isArray(branches) || branches.length === 0 || branches.length > MAX_BRANCHES) return err('no branches');
  const decoded: Branch[] = [];
  for (const branch of branches) {
    const one = decodeBranch(branch);
    if (!one.ok) return one;
    decoded.push(one.value);
  }
  if (new Set(decoded.map((one) => one.id)).size < decoded.length) return err('two branches of one id');
  if (!decoded.some((one) => one.id === current)) return err('its current branch is missing');
  return ok({ id, name, branches: decoded, current: String(current), revision });
}
