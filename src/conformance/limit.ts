/** Where a recording leaves what the model has. */
export type Limit = {
  /** The first step that is out of scope. */
  readonly from: number;
  readonly reason: string;
  /** results: results and values are still the model's to give, as long as they agree. */
  readonly still: 'nothing' | 'results';
};
