const NAMES: ReadonlyMap<number, string> = new Map([
  [0.25, '¼×'],
  [0.5, '½×'],
]);

export const speedName = (speed: number): string => NAMES.get(speed) ?? `${speed}×`;
