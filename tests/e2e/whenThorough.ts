import { test } from '@playwright/test';
import { THOROUGH } from '../support/thorough.ts';

/** Journeys whose parts other tests take too, in Node or on another way: only where there is time for all. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- a function like `test` itself, which needs no `this`
export const whenThorough = THOROUGH ? test : test.skip;
