/**
 * Freezes plain data all the way down and returns it. A part that is frozen already is taken to be frozen below as well,
 * so that freezing each new state costs only what changed since the one before.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
