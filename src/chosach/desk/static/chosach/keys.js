/* The keyboard. Everything it does can also be done by Tab and Enter.
 *   data-keys-list               a list; j and k (or arrow keys, once inside) move between its entries
 *   data-keys-item               an entry of the list (a table row, a list item); Enter or o opens its first link, or its [data-keys-open]
 *   data-key="a" data-key-label="Nhận"   a button or link that the letter presses: in the entry that has the focus, else on the page
 *   ?                            what the keys do, and a switch to turn them off (kept in this browser)
 */
(() => {
  "use strict";
  const STORE = "chosach.keys";
  const isOff = () => { try { return localStorage.getItem(STORE) === "off"; } catch { return false; } };
  const setOff = (off) => { try { localStorage.setItem(STORE, off ? "off" : "on"); } catch { /* the switch then holds for this page */ } };
  const items = () => [...document.querySelectorAll("[data-keys-list] [data-keys-item]")].filter((item) => item.getClientRects().length);
  const focused = () => document.activeElement?.closest("[data-keys-item]");
  const writing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable=true]");

  const move = (step) => {
    const all = items();
    if (!all.length) return false;
    const at = all.indexOf(focused());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  };

  const open = () => {
    const link = focused()?.querySelector("[data-keys-open], a[href]");
    link?.click();
    return Boolean(link);
  };

  const usable = (element) => element.getClientRects().length && !element.disabled;

  const press = (key) => {
    const choices = [...document.querySelectorAll("[data-key]")].filter((element) => element.dataset.key === key && usable(element));
    const item = focused();
    const chosen = choices.find((element) => item?.contains(element)) ?? choices.find((element) => !element.closest("[data-keys-item]"));
    if (!chosen) return false;
    if (chosen.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) chosen.focus();
    else chosen.click();
    if (chosen.matches("summary")) chosen.focus(); // Tab then leads into what has opened
    return true;
  };

  const line = (list, key, label) => {
    const dt = document.createElement("dt");
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    dt.append(kbd);
    const dd = document.createElement("dd");
    dd.textContent = label;
    list.append(dt, dd);
  };

  const help = () => {
    document.querySelector(".keys-help")?.remove();
    const dialog = document.createElement("dialog");
    dialog.className = "keys-help";
    dialog.setAttribute("aria-labelledby", "keys-title");
    const title = document.createElement("h2");
    title.id = "keys-title";
    title.textContent = "Phím tắt trên trang này";
    const list = document.createElement("dl");
    if (items().length) {
      line(list, "j", "Mục tiếp theo");
      line(list, "k", "Mục trước");
      line(list, "Enter", "Mở mục đang chọn");
    }
    const seen = new Set();
    for (const element of document.querySelectorAll("[data-key]")) {
      if (seen.has(element.dataset.key) || !usable(element)) continue;
      seen.add(element.dataset.key);
      line(list, element.dataset.key, element.dataset.keyLabel || element.textContent.trim());
    }
    line(list, "?", "Mở bảng này");
    line(list, "Esc", "Đóng bảng này");
    const label = document.createElement("label");
    label.className = "field-check";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "form-check-input";
    box.checked = !isOff();
    box.addEventListener("change", () => setOff(!box.checked));
    label.append(box, "Dùng phím tắt một chữ cái");
    const form = document.createElement("form");
    form.method = "dialog";
    form.className = "form-acts";
    const close = document.createElement("button");
    close.className = "btn btn-primary";
    close.textContent = "Đóng";
    form.append(close);
    dialog.append(title, list, label, form);
    document.body.append(dialog);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (writing(event.target) || document.querySelector("dialog[open]")) return;
    let done = false;
    if (event.key === "?") done = help();
    else if (event.key === "ArrowDown" && focused()) done = move(1);
    else if (event.key === "ArrowUp" && focused()) done = move(-1);
    else if (event.key === "Enter") done = event.target.matches("[data-keys-item]") && open();
    else if (isOff() || event.key.length !== 1) return;
    else if (event.key === "j") done = move(1);
    else if (event.key === "k") done = move(-1);
    else if (event.key === "o" && focused()) done = open();
    else done = press(event.key.toLowerCase());
    if (done) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-help]")) help();
  });
})();
