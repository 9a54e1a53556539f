// The workbench by keyboard, adding by selection, and how far an upload is. Every page works without this script.
"use strict";

const points = (text) => Array.from(text).length; // positions count code points, as spans do

// --- the chosen fact stands in view inside the text, and where the page scrolls it stays where the work is
const pane = document.querySelector("[data-source]");
function chosenPlace() {
  if (location.hash.startsWith("#m-")) return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const starts = Array.from(pane.querySelectorAll("[id^='s-']"), (each) => Number(each.id.slice(2)));
  const sentence = "at" in pane.dataset ? Math.max(...starts.filter((start) => start <= Number(pane.dataset.at))) : -1;
  return document.getElementById(`s-${sentence}`);
}
window.addEventListener("load", () => {
  requestAnimationFrame(() => requestAnimationFrame(growWhenRead)); // once the chosen place is in view
  if (document.activeElement === document.body) { // what is read out and gone on from by Tab is the card, not the text
    document.querySelector(".fact-card h2[tabindex]")?.focus({ preventScroll: true });
  }
  const target = pane && chosenPlace();
  if (!target) return;
  if (target.closest("details")) target.closest("details").open = true;
  if (target.id.startsWith("m-")) target.nextElementSibling?.querySelector("mark")?.classList.add("current");
  requestAnimationFrame(() => {
    document.querySelector("[data-bench]")?.scrollIntoView({ block: "start" });
    pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  });
});
document.querySelector(".error-summary")?.focus();

// --- a long text comes in pieces: what stands before and behind is fetched when it comes near; its link leads there too
const edges = pane && new IntersectionObserver((seen) => {
  for (const { target } of seen.filter((each) => each.isIntersecting)) {
    edges.unobserve(target);
    grow(target);
  }
}, { root: pane, rootMargin: "600px" });
function growWhenRead() {
  pane?.querySelectorAll("[data-more]").forEach((link) => edges.observe(link));
}
async function grow(link) {
  const address = link.dataset.more;
  delete link.dataset.more; // on its way; if it does not come, the link still leads there
  const answer = await fetch(address);
  if (!answer.ok) return;
  const piece = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  const above = "before" in link.dataset;
  piece.querySelector(above ? "[data-more]:not([data-before])" : "[data-before]")?.closest("p").remove(); // leads back here
  const height = pane.scrollHeight;
  link.closest("p").replaceWith(...piece.childNodes);
  if (above) pane.scrollTop += pane.scrollHeight - height;
  growWhenRead();
}

// --- single keys, which can be switched off
const keysOn = document.querySelector("[data-keys]");
if (keysOn) {
  keysOn.checked = localStorage.getItem("luodi-keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("luodi-keys", keysOn.checked ? "on" : "off"));
}
document.addEventListener("keydown", (event) => {
  if (keysOn && event.key === "Escape") return leave(event);
  if (!keysOn?.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.matches("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "s") return openAdding(event);
  if (event.key === "w") return beginChoosing(event);
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.tagName === "SUMMARY") {
    found.parentElement.open = true;
    found.scrollIntoView({ block: "nearest" });
    found.parentElement.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else {
    found.click();
  }
});

// what was opened by a key is left by Escape, without having to go through its fields
function leave(event) {
  const opened = event.target.closest("[data-bench] .work details[open]");
  if (!opened) return;
  opened.open = false;
  opened.querySelector("summary").focus();
}

// --- adding: the selection's place is counted from its sentence, whose id is the place where it starts
const adding = document.querySelector("[data-add]");
const selected = document.querySelector("[data-selected]"); // stands under the text while words of it are selected
function openAdding(event) {
  if (!adding) return;
  event.preventDefault();
  if ("open" in adding) adding.open = true;
  adding.scrollIntoView({ block: "center" });
  adding.querySelector(adding.querySelector("[data-start]").value ? "#add-kind" : "#first-words").focus();
}
function placeOf(node, offset) {
  const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const sentence = holder.closest("[id^='s-']");
  if (!sentence) return null;
  const before = document.createRange();
  before.setStart(sentence, 0);
  before.setEnd(node, offset);
  return Number(sentence.id.slice(2)) + points(before.toString());
}
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!adding || !pane || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.commonAncestorContainer)) return;
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return;
  adding.querySelector("[data-start]").value = start;
  adding.querySelector("[data-end]").value = end;
  adding.querySelector("[data-selection]").textContent = `已选中：${selection.toString().slice(0, 80)}`;
  adding.querySelectorAll("[data-typed]").forEach((field) => { field.hidden = true; });
  if (selected) selected.hidden = false;
});
selected?.addEventListener("click", openAdding);

// words are chosen without a mouse: w takes a sentence, the arrows another one or fewer and more characters of it
const STEPS = {
  ArrowRight: (at) => { at.until += 1; }, ArrowLeft: (at) => { at.until -= 1; },
  "Shift+ArrowRight": (at) => { at.from += 1; }, "Shift+ArrowLeft": (at) => { at.from -= 1; },
  ArrowDown: (at) => { at.to(1); }, ArrowUp: (at) => { at.to(-1); },
};
const choice = {
  sentence: null, from: 0, until: 0,
  to(step) {
    const all = Array.from(pane.querySelectorAll(".sentence")).filter((each) => each.offsetParent);
    const next = all[all.indexOf(this.sentence) + step];
    if (next) Object.assign(this, { sentence: next, from: 0, until: next.textContent.length });
  },
  show() {
    const most = this.sentence.textContent.length;
    this.until = Math.min(Math.max(this.until, 1), most);
    this.from = Math.min(Math.max(this.from, 0), this.until - 1);
    document.getSelection().setBaseAndExtent(...this.at(this.from), ...this.at(this.until));
    this.sentence.scrollIntoView({ block: "nearest" });
  },
  at(offset) { // the place of a character of the sentence, as a node of text and where in it
    const texts = document.createTreeWalker(this.sentence, NodeFilter.SHOW_TEXT);
    let node = texts.nextNode();
    for (; offset > node.data.length; node = texts.nextNode()) offset -= node.data.length;
    return [node, offset];
  },
};
function beginChoosing(event) {
  if (!adding || !pane) return;
  event.preventDefault();
  const near = pane.querySelector("mark.current")?.closest(".sentence") ?? pane.querySelector(".current-sentence");
  const shown = Array.from(pane.querySelectorAll(".sentence")).find((each) => each.offsetParent);
  if (!(near ?? shown)) return;
  choice.sentence = near ?? shown;
  Object.assign(choice, { from: 0, until: choice.sentence.textContent.length });
  pane.focus({ preventScroll: true });
  choice.show();
}
pane?.addEventListener("keydown", (event) => {
  const step = STEPS[`${event.shiftKey ? "Shift+" : ""}${event.key}`];
  if (event.target !== pane || document.getSelection().isCollapsed || !choice.sentence) return;
  if (event.key === "Enter") return openAdding(event);
  if (!step) return;
  event.preventDefault();
  step(choice);
  choice.show();
});
// what is selected when an element that is missing shall be added goes along
document.querySelector("[data-adds]")?.addEventListener("click", (event) => {
  const [begin, until] = ["[data-start]", "[data-end]"].map((name) => adding?.querySelector(name).value);
  if (!begin) return;
  const address = new URL(event.currentTarget.href);
  address.searchParams.set("begin", begin);
  address.searchParams.set("until", until);
  event.currentTarget.href = address;
});

// --- uploading: how much has arrived
function watch(uploading) {
  uploading?.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = uploading.querySelector("[data-progress]");
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (at) => {
      if (at.lengthComputable) words.textContent = `已上传 ${Math.round((100 * at.loaded) / at.total)}%`;
    });
    request.upload.addEventListener("load", () => { words.textContent = "已上传，正在检查标志并读取…"; });
    request.addEventListener("load", () => {
      if (request.responseURL && new URL(request.responseURL).pathname !== location.pathname) {
        location.assign(request.responseURL);
        return;
      }
      const main = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
      if (!main) {
        words.textContent = `没有收下：服务器答复 ${request.status}。文件没有保存，请重试；仍不行的，请告诉系统管理员。`;
        return;
      }
      document.querySelector("main").replaceWith(main);
      watch(document.querySelector("[data-upload]"));
      document.querySelector(".error-summary")?.focus();
    });
    request.addEventListener("error", () => { words.textContent = "没有传到：网络中断。文件没有保存，请重试。"; });
    request.open("POST", location.pathname);
    request.send(new FormData(uploading));
  });
}
watch(document.querySelector("[data-upload]"));
