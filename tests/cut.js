/* What a person would have to scroll sideways for, or could not see: gives a line for each kind of element. What only screen readers get, and
   drawings, are left out. */
() => {
  const found = new Set();
  const wide = innerWidth;
  const name = (element) => {
    const caption = element.querySelector(":scope > table > caption")?.textContent.trim();
    return element.tagName.toLowerCase() + [...element.classList].slice(0, 3).map((one) => `.${one}`).join("") + (caption ? ` “${caption}”` : "");
  };
  const clips = (style) => /auto|scroll|hidden|clip/.test(style.overflowX);
  const unseen = (element) => {
    if (element.closest("svg, option, .visually-hidden, .skip") || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).clipPath !== "none") return true;
    return false;
  };
  if (document.scrollingElement.scrollWidth > wide) found.add(`the page is ${document.scrollingElement.scrollWidth} px wide on ${wide}`);
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || unseen(element)) continue;
    const style = getComputedStyle(element);
    if (element.matches("input, select, textarea")) continue;
    if (clips(style) && element.scrollWidth > element.clientWidth + 1) {
      found.add(`${name(element)} scrolls sideways: ${element.scrollWidth} px in ${element.clientWidth}`);
    }
    let within = element.parentElement;
    while (within && !clips(getComputedStyle(within))) within = within.parentElement;
    if (within) continue; // told of the box that scrolls
    if (box.right > wide + 1 || box.left < -1) found.add(`${name(element)} reaches beyond the screen`);
    const panel = element.parentElement.closest(".panel, .table-wrap, .note, .stat, .half");
    if (panel && !/absolute|fixed/.test(style.position) && box.right > panel.getBoundingClientRect().right + 2) {
      found.add(`${name(element)} reaches beyond ${name(panel)}`);
    }
  }
  return [...found];
}
