// The drawing of a ring: zoom, move, who is tied to whom under the pointer, and names that can be read and cover no other.
// Without it the drawing stands still and its links work.
"use strict";
// a field that is wrong is brought into sight with what is said of it: it may stand screens below the top
addEventListener("load", () => document.querySelector(".is-invalid[data-focus]")?.closest(".field").scrollIntoView({ block: "center" }));
const LETTERS = 12.5; // pixels of the screen, however small the drawing is
for (const box of document.querySelectorAll("[data-network]")) {
  const svg = box.querySelector("svg");
  const whole = svg.viewBox.baseVal;
  const [width, height] = [whole.width, whole.height];
  const view = { x: 0, y: 0, zoom: 1 };

  const show = () => {
    const [w, h] = [width / view.zoom, height / view.zoom];
    view.x = Math.min(Math.max(view.x, 0), width - w);
    view.y = Math.min(Math.max(view.y, 0), height - h);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    svg.classList.toggle("zoomed", view.zoom > 1); // then a finger moves the drawing, else the page
  };

  // Names come in the order of what stands out: each stands under its sign, else above it, else waits until there is room by zooming in.
  // Who stands out is named also over the sign of another, but never over a name.
  const written = [...svg.querySelectorAll("[data-at]")].map((name) => [name, name.dataset.at.split(" ").map(Number)]);
  const write = () => {
    const scale = svg.getScreenCTM()?.a;
    if (!scale) return;
    const letters = LETTERS / scale;
    svg.style.setProperty("--letters", `${letters}px`);
    const half = written.map(([name]) => name.getComputedTextLength() / 2);
    const signs = written.map(([, [x, y, size]]) => [x - size, y - size, x + size, y + size]);
    const taken = [];
    written.forEach(([name, [x, y, size]], at) => {
      const across = Math.min(Math.max(x, half[at]), width - half[at]);
      const places = [y + size + letters * 1.05, y - size - letters * 0.35]
        .map((down) => [down, [across - half[at], down - letters * 0.85, across + half[at], down + letters * 0.25]])
        .filter(([, one]) => one[1] >= 0 && one[3] <= height && !taken.some((other) => meet(one, other)));
      const place = places.find(([, one]) => !signs.some((other, whose) => whose !== at && meet(one, other)))
        ?? ("standsOut" in name.dataset ? places[0] : undefined);
      name.classList.toggle("network-hidden", !place);
      name.setAttribute("x", across);
      name.setAttribute("y", place ? place[0] : y + size + letters * 1.05);
      if (place) taken.push(place[1]);
    });
  };
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const zoom = (factor, cx = 0.5, cy = 0.5) => {
    const before = view.zoom;
    view.zoom = Math.min(Math.max(view.zoom * factor, 1), 8);
    view.x += (width / before - width / view.zoom) * cx;
    view.y += (height / before - height / view.zoom) * cy;
    show();
    write();
  };
  for (const button of box.querySelectorAll("[data-network-zoom]")) {
    button.addEventListener("click", () => {
      const what = button.dataset.networkZoom;
      zoom(what === "in" ? 1.5 : what === "out" ? 1 / 1.5 : 0);
    });
  }
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // the page scrolls as ever
    event.preventDefault();
    const place = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, (event.clientX - place.left) / place.width, (event.clientY - place.top) / place.height);
  }, { passive: false });

  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    from = view.zoom > 1 ? [event.clientX, event.clientY] : null;
    moved = false;
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const scale = width / view.zoom / svg.clientWidth;
    view.x -= (event.clientX - from[0]) * scale;
    view.y -= (event.clientY - from[1]) * scale;
    moved = moved || Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 3;
    from = [event.clientX, event.clientY];
    show();
  });
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());

  // who is beside whom, looked up once: a ring has thousands of ties, and the pointer passes many in a second
  const nodes = new Map([...svg.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
  const names = new Map([...svg.querySelectorAll("[data-name]")].map((name) => [name.dataset.name, name]));
  const ties = new Map([...nodes.keys()].map((key) => [key, []]));
  for (const line of svg.querySelectorAll("[data-a]")) {
    ties.get(line.dataset.a)?.push(line);
    ties.get(line.dataset.b)?.push(line);
  }
  let shown = null;
  let lit = [];
  let wanted = null;
  // what is near is drawn once more in front, and all the rest fades as a whole: three groups change, not a thousand lines
  const front = svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g"));
  front.classList.add("network-lifted");
  const look = () => {
    if (wanted === shown) return;
    for (const one of lit) one.classList.remove("near");
    shown = wanted;
    svg.classList.toggle("looking", shown !== null);
    const beside = !shown ? [] : shown.dataset.node ? ties.get(shown.dataset.node) ?? [] : [shown];
    const ends = new Set(beside.flatMap((line) => [line.dataset.a, line.dataset.b]));
    if (shown?.dataset.node) ends.add(shown.dataset.node);
    lit = [...beside, ...[...ends].map((end) => nodes.get(end)), ...[...ends].map((end) => names.get(end))].filter(Boolean);
    for (const one of lit) one.classList.add("near");
    front.replaceChildren(...lit.map((one) => {
      const copy = one.cloneNode(true);
      copy.classList.remove("network-hidden"); // who is pointed at is named
      for (const name of ["data-node", "data-a", "data-b", "data-name", "href"]) copy.removeAttribute(name);
      return copy;
    }));
  };
  const soon = (over) => {
    if (wanted === shown) requestAnimationFrame(look);
    wanted = over;
  };
  svg.addEventListener("pointerover", (event) => soon(event.target.closest("[data-node], [data-a]")));
  svg.addEventListener("pointerleave", () => soon(null));

  write();
  document.fonts?.ready.then(write);
  window.addEventListener("resize", write);
}
