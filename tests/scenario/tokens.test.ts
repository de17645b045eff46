import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../src/scenario/tokens.ts';

/** `word:kind` of every token. */
const told = (text: string): string =>
  tokensOf(text)
    .map(({ from, to, kind }) => `${text.slice(from, to)}:${kind}`)
    .join(' ');

test.each([
  ['title "a b"', 'title:directive "a b":string'],
  ['about plain = words', 'about:directive plain:string =:string words:string'],
  ['note 3 "look"', 'note:directive 3:number "look":string'],
  ['device 16  # blocks', 'device:directive 16:number # blocks:comment'],
  ['fs xfs reflink=1 dax=never', 'fs:directive xfs:keyword reflink:keyword =:operator 1:keyword dax:keyword =:operator never:keyword'],
  ['fs log=async', 'fs:directive log:keyword =:operator async:keyword'],
  ['kernel 6.2', 'kernel:directive 6.2:error'],
  ['option wait pin.readonly=unshare', 'option:directive wait:keyword pin.readonly:keyword =:operator unshare:keyword'],
  ['option pin.longtrm=allow', 'option:directive pin.longtrm:error =:operator allow:keyword'],
  ['alloc any', 'alloc:directive any:keyword'],
  ['order op 1-2 5:1.0 app dma:q grace:A x:y', 'order:directive op:keyword 1-2:number 5:1.0:number app:actor dma:q:name grace:A:name x:y:error'],
  ['order all', 'order:directive all:error'],
  ['proc app threads=2', 'proc:directive app:name threads:keyword =:operator 2:number'],
  ['file A ab.d', 'file:directive A:name ab.d:tag'],
  ['file B = reflink A 0 2', 'file:directive B:name =:operator reflink:keyword A:name 0:number 2:number'],
  ['app store m 1 X -> ok', 'app:actor store:verb m:name 1:number X:tag ->:operator ok:result'],
  ['app ftruncate A 2->blocks,EINTR', 'app:actor ftruncate:verb A:name 2:number ->:operator blocks:result ,:operator EINTR:result'],
  ['app m=mmap A 0 2 ro', 'app:actor m:name =:operator mmap:verb A:name 0:number 2:number ro:keyword'],
  ['app m = mmap A private', 'app:actor m:name =:operator mmap:verb A:name private:keyword'],
  ['app m = mmap anon 4 ro', 'app:actor m:name =:operator mmap:verb anon:keyword 4:number ro:keyword'],
  ['app mr = reg_mr m 0 2 remote_read', 'app:actor mr:name =:operator reg_mr:verb m:name 0:number 2:number remote_read:keyword'],
  ['app.2 fallocate A collapse 0 1', 'app.2:actor fallocate:verb A:name collapse:keyword 0:number 1:number'],
  ['app madvise m dontneed 0 1', 'app:actor madvise:verb m:name dontneed:keyword 0:number 1:number'],
  ['app setlease A layout', 'app:actor setlease:verb A:name layout:keyword'],
  ['app set A swapfile', 'app:actor set:verb A:name swapfile:keyword'],
  ['app kill db', 'app:actor kill:verb db:actor'],
  ['app fork c', 'app:actor fork:verb c:name'],
  ['app ftruncat A 2', 'app:actor ftruncat:error A:error 2:error'],
  ['app load m x y', 'app:actor load:verb m:name x:error y:error'],
  ['= app', '=:error app:error'],
  ['any app x2: store m 0 X | d = dio_read m 1 Y', 'any:directive app:actor x2:number ::operator store:verb m:name 0:number X:tag |:operator d:name =:operator dio_read:verb m:name 1:number Y:tag'],
  ['any peer: complete d', 'any:directive peer:actor ::operator complete:verb d:name'],
  ['exists S5b and not (mr live or c idle)', 'exists:directive S5b:property and:keyword not:keyword (:operator mr:name live:keyword or:keyword c:actor idle:keyword ):operator'],
  ['always file A = ab.d and size A=2', 'always:directive file:keyword A:name =:operator ab.d:tag and:keyword size:keyword A:name =:operator 2:number'],
  ['forbid shared A 1 B 2 or free = 9', 'forbid:directive shared:keyword A:name 1:number B:name 2:number or:keyword free:keyword =:operator 9:number'],
  ['forbid S3', 'forbid:directive S3:name'],
])('%s', (text, expected) => {
  expect(told(text)).toBe(expected);
}); // prettier-ignore

describe('offsets', () => {
  test('count from the start of the text, in UTF-16 units', () => {
    const text = 'title "é𝄞"\n\n  app sync # x  \n';
    expect(told(text)).toBe('title:directive "é𝄞":string app:actor sync:verb # x:comment');
  });
  test('a byte order mark and Windows line ends belong to no word', () => {
    expect(told('\uFEFFdevice 4\r\napp sync\r\n')).toBe('device:directive 4:number app:actor sync:verb');
  });
  test('a quote that is not closed ends with its line', () => {
    expect(told('title "ab\napp sync')).toBe('title:directive "ab:string app:actor sync:verb');
  });
});
