/**
 * A drawing of the page as a file of its own: what the style sheet says of each part is written on the part, so that it
 * looks the same where there is no style sheet. Nothing in it points outside.
 */

/** These come from the parent unless a part says otherwise. */
const INHERITED = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'stroke-opacity',
  'font-family', 'font-size', 'font-weight', 'font-style', 'letter-spacing', 'text-anchor', 'paint-order', 'visibility',
] as const; // prettier-ignore

/** These are each part's own; the value that changes nothing. */
const OWN: readonly (readonly [name: string, plain: string])[] = [
  ['opacity', '1'],
  ['dominant-baseline', 'auto'],
  ['text-decoration-line', 'none'],
];

/** What only the page has a use for. */
const OF_THE_PAGE = /^(?:class|style|tabindex|role|aria-.*|data-.*)$/;

export function svgText(svg: SVGSVGElement, title: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  dress(svg, copy, undefined);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('role', 'img');
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  name.textContent = title;
  copy.prepend(name);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function dress(from: Element, to: Element, above: CSSStyleDeclaration | undefined): void {
  const style = getComputedStyle(from);
  // Backwards: what is not shown is taken out on the way.
  const pairs = [...from.children].map((child, i) => [child, to.children[i]] as const);
  for (const [child, twin] of pairs.reverse()) {
    if (twin === undefined) continue;
    if (getComputedStyle(child).display === 'none' && child.tagName !== 'defs') twin.remove();
    else dress(child, twin, style);
  }
  for (const { name } of [...to.attributes]) if (OF_THE_PAGE.test(name)) to.removeAttribute(name);
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== above?.getPropertyValue(name)) to.setAttribute(name, plainValue(value));
    else to.removeAttribute(name);
  }
  for (const [name, plain] of OWN) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== plain) to.setAttribute(name === 'text-decoration-line' ? 'text-decoration' : name, value); // prettier-ignore
  }
}

/** `url("#a")` is read by everybody without the quotes. */
const plainValue = (value: string): string => value.replace(/url\("(#[^")]*)"\)/g, 'url($1)');
