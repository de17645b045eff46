/** Ends a `switch` over a union: a case that was forgotten does not compile. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}

/** A failure is a bug of ours. What a user wrote wrong is a `Result`, what the modelled machine refuses is an event. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
