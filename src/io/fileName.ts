/** The name of a file that leaves the page: scenario, option and step, in letters that every file system takes. */
export function exportName(
  parts: { readonly title: string; readonly option: string; readonly step: number | undefined },
  ending: string,
): string {
  const { title, option, step } = parts;
  const words = [title, option, step === undefined ? '' : `step-${step}`].map(safe).filter((word) => word !== '');
  return `daxpin-${words.join('_')}.${ending}`;
}

const safe = (text: string): string =>
  text.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).toLowerCase(); // prettier-ignore
