// What axe finds on the page as it stands: [{id, impact, help, helpUrl, nodes: [html]}]. Expects `axe`.
//
// Contrast is nine tenths of axe's work, so it is not measured for every cell of a table: text whose colour, letters and grounds (of all that
// it stands in) are the same has the same contrast, and the first and the last of each look speak for all. What may lie over something else
// (positioned or moved, with nothing opaque of its own below it) is measured each by itself.
async () => {
  const styles = new Map();
  const style = (node) => {
    if (!styles.has(node)) styles.set(node, getComputedStyle(node));
    return styles.get(node);
  };

  function grounds(element) {
    const parts = [];
    let opaque = false;
    for (let node = element; node; node = node.parentElement) {
      const { backgroundColor, backgroundImage, opacity, position, transform, filter, mixBlendMode } = style(node);
      const seeThrough = backgroundColor === "transparent" || backgroundColor.startsWith("rgba(") || backgroundColor.includes("/");
      opaque ||= !seeThrough && backgroundImage === "none";
      if (!opaque && (["absolute", "fixed", "sticky"].includes(position) || transform !== "none")) return null;
      parts.push(`${backgroundColor} ${backgroundImage} ${opacity} ${filter} ${mixBlendMode}`);
    }
    return parts.filter((part, at) => part !== parts[at - 1] || !part.startsWith("rgba(0, 0, 0, 0) none 1 ")).join("|");
  }

  function look(element, text) {
    const { color, fill, fontSize, fontWeight, textShadow } = style(element);
    const ground = grounds(element);
    if (ground === null) return element;
    const label = element.closest("label");
    const off = Boolean(element.closest(":disabled, [aria-disabled=true]") || label?.control?.disabled);
    const short = text.length < 2 || !/[\p{L}\p{N}]/u.test(text); // a sign: axe does not judge it, nor may it speak for words
    return [element.tagName, color, fill, fontSize, fontWeight, textShadow, off, short, ground].join(" ");
  }

  const looks = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
    const text = (element.matches("input, select, textarea") ? element.value || element.placeholder || "" : own.join(" ")).trim();
    if (!text || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const key = look(element, text);
    looks.set(key, [looks.get(key)?.[0] ?? element, element]);
  }
  const speakers = [...new Set([...looks.values()].flat())];

  const wanted = { resultTypes: ["violations"] };
  const { violations } = await axe.run(document, { ...wanted, rules: { "color-contrast": { enabled: false } } });
  if (speakers.length) violations.push(...(await axe.run({ include: speakers }, { ...wanted, runOnly: ["color-contrast"] })).violations);
  return violations.map(({ id, impact, help, helpUrl, nodes }) => ({ id, impact, help, helpUrl, nodes: nodes.map((node) => node.html) }));
};
