/** What is shown, as text for a mail. Loaded when it is asked for. */
import { mailBlock, type MailLooks } from '../io/mail/mailBlock.ts';
import { err, ok, type Result } from '../base/result.ts';
import { linkNow } from './addressNow.ts';
import { hasErrors, page, TRACE } from './store.ts';

/** `build`: which Daxpin this is. Or why there is nothing to copy. */
export async function mailNow(build: string, looks: MailLooks): Promise<Result<string, string>> {
  const { shown, text, problems, scenario } = page();
  if (shown === undefined) return err('There is no run to copy yet.');
  if (hasErrors(problems))
    return err('The text has errors, and what is shown is of the text before: put it right, then copy.');
  const { program, outline, moment } = shown;
  const found = scenario.startsWith(TRACE) ? program.about.join(' ') : '';
  const link = await linkNow();
  return ok(mailBlock({ program, outline, moment, text, link, build, ...(found === '' ? {} : { found }) }, looks));
}
