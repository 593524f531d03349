/* Small helps of every page; everything works without them.
 *   data-print                 a button that prints the page
 *   data-copy="#id" | "text"   a button that copies that element's text, or that text
 *   data-auto-submit           a form that is sent when a choice changes
 *   data-once                  a form that is sent once: its button is closed while it is under way
 *   data-focus                 takes the focus when the page opens (the summary of errors)
 *   data-needs-js              hidden where JavaScript does not run
 */
(() => {
  "use strict";
  document.documentElement.classList.remove("no-js");

  const say = (text) => {
    let place = document.getElementById("said");
    if (!place) {
      place = document.createElement("div");
      place.id = "said";
      place.className = "visually-hidden";
      place.setAttribute("role", "status");
      document.body.append(place);
    }
    place.textContent = text;
  };

  const copy = async (button) => {
    const given = button.dataset.copy;
    const source = given.startsWith("#") ? document.querySelector(given) : null;
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(source ? source.textContent.trim() : given);
      button.lastChild.textContent = " Đã chép";
      say("Đã chép");
    } catch {
      say("Trình duyệt không cho chép, hãy chọn chữ rồi bấm Ctrl+C");
    }
    setTimeout(() => { button.lastChild.textContent = label; }, 2000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-print], [data-copy]");
    if (button?.hasAttribute("data-print")) window.print();
    else if (button) copy(button);
    for (const menu of document.querySelectorAll(".menu-me[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(".menu-me[open], .menu-phone[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());
  if (window.matchMedia("(max-width: 40rem)").matches) {
    for (const box of document.querySelectorAll(".filters-box")) box.open = false;
  }
})();
