/* Small helps of every page; everything works without them.
 *   data-print                 a button that prints the page
 *   data-copy="#id" | "text"   a button that copies that element's text, or that text
 *   data-auto-submit           a form that is sent when a choice changes
 *   data-once                  a form that is sent once: its button is closed while it is under way
 *   data-focus                 takes the focus when the page opens (the summary of errors)
 *   data-fold-on-phone         a <details> that is closed on a phone: what comes after it is not far below
 *   .filters-box               on a phone it opens only where something is filtered: the list comes first
 *   data-needs-js              hidden where JavaScript does not run
 */
(() => {
  "use strict";
  document.documentElement.classList.remove("no-js");

  if (matchMedia("screen and (max-width: 40rem)").matches) {
    for (const box of document.querySelectorAll("[data-fold-on-phone]")) box.open = false;
  }

  if (!location.search && matchMedia("(max-width: 40rem)").matches) {
    for (const box of document.querySelectorAll(".filters-box[open]")) box.open = false;
  }

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

  /* htmx: what does not come is said, and a session that has ended leads to the sign-in page instead of into a part of this one. */
  const warn = (text) => {
    document.querySelector(".toast-line")?.remove();
    const line = document.createElement("div");
    line.className = "note tone-danger toast-line";
    line.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    const box = document.createElement("div");
    box.append(words);
    line.append(box);
    document.body.append(line);
    setTimeout(() => line.remove(), 10000);
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    const came = new URL(event.detail.xhr.responseURL || "/", location.href).pathname;
    if (came !== document.body.dataset.signIn) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  document.addEventListener("htmx:sendError", () => warn("Mất kết nối với máy chủ. Việc vừa làm chưa được ghi nhận; hãy thử lại."));
  document.addEventListener("htmx:timeout", () => warn("Máy chủ trả lời quá lâu. Hãy thử lại."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 403) warn("Biểu mẫu đã hết hiệu lực. Hãy tải lại trang rồi làm lại.");
    else if (status === 404) warn("Không tìm thấy, hoặc không còn thuộc phạm vi được xem. Hãy tải lại trang.");
    else if (status >= 500) warn("Hệ thống gặp lỗi. Việc vừa làm có thể chưa được ghi nhận; hãy tải lại trang để xem.");
    else warn("Không làm được việc vừa yêu cầu. Hãy tải lại trang rồi thử lại.");
  });

  /* A table that scrolls sideways can be scrolled by keyboard too. */
  const reachable = () => {
    for (const wrap of document.querySelectorAll(".table-wrap:not([tabindex])")) {
      if (wrap.scrollWidth <= wrap.clientWidth) continue;
      wrap.tabIndex = 0;
      wrap.setAttribute("role", "region");
      wrap.setAttribute("aria-label", wrap.querySelector("caption")?.textContent || "Bảng");
    }
  };
  document.addEventListener("htmx:afterSettle", reachable);
  window.addEventListener("resize", reachable);
  reachable();

  document.addEventListener("DOMContentLoaded", () => document.querySelector("[data-focus]")?.focus());
  if (window.matchMedia("(max-width: 40rem)").matches) {
    for (const box of document.querySelectorAll(".filters-box")) box.open = false;
  }
})();
