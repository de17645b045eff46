/** A one-to-one relation between names and numbers, kept until a number is released. */
export class Bijection {
  readonly #names = new Map<number, string>();
  readonly #numbers = new Map<string, number>();

  nameOf(number: number): string | undefined {
    return this.#names.get(number);
  }

  numberOf(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** Binds the two if neither has a partner yet. */
  bind(name: string, number: number): void {
    if (this.#numbers.has(name) || this.#names.has(number)) return;
    this.#numbers.set(name, number);
    this.#names.set(number, name);
  }

  release(number: number): void {
    const name = this.#names.get(number);
    if (name !== undefined) this.#numbers.delete(name);
    this.#names.delete(number);
  }
}
