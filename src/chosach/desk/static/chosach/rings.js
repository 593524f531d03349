// The drawing of a ring: zoom, move, and who is tied to whom under the pointer. Without it the drawing stands still and its links work.
"use strict";
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
  };
  const zoom = (factor, cx = 0.5, cy = 0.5) => {
    const before = view.zoom;
    view.zoom = Math.min(Math.max(view.zoom * factor, 1), 8);
    view.x += (width / before - width / view.zoom) * cx;
    view.y += (height / before - height / view.zoom) * cy;
    show();
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
    from = event.pointerType === "mouse" && view.zoom > 1 ? [event.clientX, event.clientY] : null;
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

  const nodes = new Map([...svg.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
  const lines = [...svg.querySelectorAll("[data-a]")];
  const clear = () => {
    svg.classList.remove("looking");
    for (const one of svg.querySelectorAll(".near")) one.classList.remove("near");
  };
  svg.addEventListener("pointerover", (event) => {
    const over = event.target.closest("[data-node], [data-a]");
    clear();
    if (!over) return;
    svg.classList.add("looking");
    over.classList.add("near");
    for (const line of lines) {
      if (line !== over && line.dataset.a !== over.dataset.node && line.dataset.b !== over.dataset.node) continue;
      line.classList.add("near");
      for (const end of [line.dataset.a, line.dataset.b]) nodes.get(end)?.classList.add("near");
    }
  });
  svg.addEventListener("pointerleave", clear);
}
