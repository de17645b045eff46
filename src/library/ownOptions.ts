/**
 * Options that the user made in the lab, each in an entry of its own, so that two tabs do not overwrite each other's.
 * What cannot be read back is moved out of the way and stays.
 */
import { err, ok, type Result } from '../base/result.ts';
import { KNOB_NAMES, KNOBS, PRESET_NAMES, type KnobName, type PresetName } from '../sim/model/knobs.ts';
import { tidyName } from './ownScenario.ts';

export type OwnOption = {
  readonly id: string;
  readonly name: string;
  readonly preset: PresetName;
  /** At least one. */
  readonly set: Readonly<Partial<Record<KnobName, string>>>;
};

export type OptionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export type OptionShelf = {
  readonly readAll: () => { readonly options: readonly OwnOption[]; readonly setAside: number };
  /** False: the browser refused. */
  readonly put: (option: OwnOption) => boolean;
  readonly remove: (id: string) => void;
};

export const MAX_OPTIONS = 50;

const FORMAT = 1;
const PREFIX = 'daxpin.option.';
const ASIDE = 'daxpin.optionAside.';
const ID = /^own:[a-z0-9]{4,24}$/;
/** A record is some hundred characters; nothing longer is even parsed. */
const MAX_LENGTH = 4000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function decodeSet(value: unknown): Result<OwnOption['set'], string> {
  if (!isRecord(value)) return err('no knobs');
  const words = Object.entries(value);
  if (words.length === 0) return err('no knob is changed');
  const set: Partial<Record<KnobName, string>> = {};
  for (const [name, word] of words) {
    const knob = KNOB_NAMES.find((one) => one === name);
    const known = knob === undefined ? undefined : KNOBS[knob].find((one) => one === word);
    if (knob === undefined || known === undefined) return err(`'${name}' is no knob, or that is none of its values`);
    set[knob] = known;
  }
  return ok(set);
}

/** What is in the browser may come from anybody. */
export function decodeOption(value: unknown): Result<OwnOption, string> {
  if (!isRecord(value)) return err('not an object');
  const { format, id, name } = value;
  if (format !== FORMAT) return err('its format is not known');
  if (typeof id !== 'string' || !ID.test(id)) return err('no id');
  if (typeof name !== 'string' || tidyName(name) !== name) return err('no name');
  const preset = PRESET_NAMES.find((one) => one === value['preset']);
  if (preset === undefined) return err('no preset');
  const set = decodeSet(value['set']);
  return set.ok ? ok({ id, name, preset, set: set.value }) : set;
}

function decodeText(text: string): Result<OwnOption, string> {
  if (text.length > MAX_LENGTH) return err('too long');
  try {
    return decodeOption(JSON.parse(text));
  } catch {
    return err('not JSON');
  }
}

export function optionShelf(storage: OptionStorage): OptionShelf {
  const keys = (): string[] =>
    Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((one) => one.startsWith(PREFIX));

  function setAside(key: string, text: string): void {
    try {
      storage.setItem(ASIDE + key.slice(PREFIX.length), text);
      storage.removeItem(key);
    } catch {
      // No room to move it: it stays where it is, and is passed over again.
    }
  }

  return {
    readAll() {
      const options: OwnOption[] = [];
      let broken = 0;
      for (const key of keys().sort()) {
        if (options.length >= MAX_OPTIONS) break;
        const text = storage.getItem(key) ?? '';
        const option = decodeText(text);
        if (option.ok && PREFIX + option.value.id === key) options.push(option.value);
        else {
          setAside(key, text);
          broken += 1;
        }
      }
      return { options: options.sort((a, b) => (a.name < b.name ? -1 : 1)), setAside: broken };
    },
    put(option) {
      try {
        storage.setItem(PREFIX + option.id, JSON.stringify({ format: FORMAT, ...option }));
        return true;
      } catch {
        return false;
      }
    },
    remove(id) {
      try {
        storage.removeItem(PREFIX + id);
      } catch {
        // Then it is there again at the next visit.
      }
    },
  };
}
