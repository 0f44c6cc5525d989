// Keeps the operator's page fresh: every ten seconds it fetches /desk.json and draws what has changed. All text goes
// into the page as text, never as markup.
"use strict";

const EVERY = 10000; // milliseconds
const WHOLE = { x: -1800, y: -840, width: 3600, height: 1450 }; // tenths of a degree, north is up
const $ = (id) => document.getElementById(id);
const svg = document.querySelector("#map svg");
let view = { ...WHOLE };
let chosen = "";
let drawn = {};
let wanted = "";

function make(tag, words = "", classes = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  if (classes) made.className = classes;
  return made;
}

function cell(one) {
  if (!/^(\/|https?:\/\/)/.test(one.link)) return document.createTextNode(one.text);
  const link = make("a", one.text);
  link.href = one.link;
  link.rel = "noreferrer";
  return link;
}

function drawFacts(facts) {
  $("facts").replaceChildren(...facts.map(([name, one]) => {
    const fact = make("div", "", `fact ${one.mark}`);
    const told = make("dd");
    told.append(cell(one));
    fact.append(make("dt", name), told);
    return fact;
  }));
}

function drawTable(table) {
  if (drawn[table.id] === JSON.stringify(table)) return;
  drawn[table.id] = JSON.stringify(table);
  const section = $(table.id);
  let body = section.querySelector("tbody");
  if (!body) {
    const wide = make("div", "", "wide");
    const grid = make("table");
    const head = make("tr");
    head.append(...table.columns.map((column) => make("th", column)));
    grid.append(make("thead"), make("tbody"));
    grid.tHead.append(head);
    wide.append(grid);
    section.querySelector("h2").after(wide);
    body = grid.tBodies[0];
  }
  body.replaceChildren(...table.rows.map((row) => {
    const line = make("tr");
    line.append(...row.map((one, at) => {
      const data = make("td", "", one.mark);
      data.dataset.name = table.columns[at];
      data.append(cell(one));
      return data;
    }));
    return line;
  }));
  const note = section.querySelector(".note") || section.appendChild(make("p", "", "note"));
  note.textContent = table.note;
  search();
}

function search() {
  for (const row of document.querySelectorAll("#sources tbody tr"))
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
}

function drawDots(dots) {
  const size = Math.max(view.width / svg.clientWidth, view.height / svg.clientHeight);
  $("dots").replaceChildren(...dots.map((dot) => {
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    circle.setAttribute("cx", dot.lon * 10);
    circle.setAttribute("cy", -dot.lat * 10);
    circle.setAttribute("r", 6 * size);
    circle.setAttribute("class", dot.id === chosen ? `${dot.severity} chosen` : dot.severity);
    circle.dataset.id = dot.id;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = dot.title;
    circle.append(title);
    return circle;
  }));
}

let dots = [];
function look(next) {
  const width = Math.min(WHOLE.width, Math.max(60, next.width));
  const height = width * svg.clientHeight / svg.clientWidth;
  view = { x: Math.min(1800 - width, Math.max(-1800, next.x)), y: Math.min(900 - height, Math.max(-900, next.y)), width, height };
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  drawDots(dots);
}

function zoom(by, x = view.x + view.width / 2, y = view.y + view.height / 2) {
  const width = Math.min(WHOLE.width, Math.max(60, view.width * by));
  const real = width / view.width;
  look({ x: x - (x - view.x) * real, y: y - (y - view.y) * real, width });
}

function whole() {
  const ratio = svg.clientWidth / svg.clientHeight;
  const width = ratio < 2 ? 1450 * ratio : WHOLE.width;
  look({ ...WHOLE, x: width < WHOLE.width ? -200 : WHOLE.x, width });
}

async function tell(id) {
  chosen = id;
  drawDots(dots);
  const answer = await fetch(`/event/${encodeURIComponent(id)}.json`);
  const box = $("account");
  const close = make("button", "×", "close");
  close.onclick = () => { box.hidden = true; chosen = ""; drawDots(dots); };
  if (!answer.ok) return box.replaceChildren(close, make("p", "This event is no more."));
  const told = await answer.json();
  const list = make("ul");
  list.append(...told.sources.map((one) => {
    const line = make("li");
    line.append(cell(one));
    return line;
  }));
  box.replaceChildren(close, make("h3", told.title), ...told.lines.map((line) => make("p", line)), list);
  box.hidden = false;
  box.scrollIntoView({ behavior: "smooth", block: "nearest" });
}

async function refresh() {
  try {
    const answer = await fetch("/desk.json", { cache: "no-store" });
    if (!answer.ok) throw new Error(`the page answers ${answer.status}`);
    const standing = await answer.json();
    $("at").textContent = standing.at;
    $("at").className = "";
    drawFacts(standing.facts);
    standing.tables.forEach(drawTable);
    dots = standing.dots;
    drawDots(dots);
  } catch (error) {
    $("at").className = "stale"; // what is shown is old, and must not pass for new
    $("at").textContent = `not fresh: ${error.message}`;
  }
}

let held = null;
svg.addEventListener("pointerdown", (event) => {
  held = { x: event.clientX, y: event.clientY, view: { ...view }, moved: false };
});
window.addEventListener("pointermove", (event) => {
  if (!held) return;
  const scale = view.width / svg.clientWidth;
  held.moved ||= Math.hypot(event.clientX - held.x, event.clientY - held.y) > 5;
  if (held.moved) look({ ...held.view, x: held.view.x - (event.clientX - held.x) * scale, y: held.view.y - (event.clientY - held.y) * scale });
});
window.addEventListener("pointerup", (event) => {
  const dot = held && !held.moved && document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.dataset?.id);
  held = null;
  if (dot) tell(dot.dataset.id);
});
svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  zoom(event.deltaY > 0 ? 1.25 : 0.8, view.x + (event.clientX - box.left) / box.width * view.width, view.y + (event.clientY - box.top) / box.height * view.height);
}, { passive: false });
$("in").onclick = () => zoom(0.6);
$("out").onclick = () => zoom(1 / 0.6);
$("whole").onclick = whole;
document.addEventListener("click", (event) => {
  const path = event.target.closest("#events a")?.getAttribute("href");
  if (!path || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  tell(path.split("/").pop());
});

async function begin() {
  const box = make("input");
  box.type = "search";
  box.placeholder = "Search the sources";
  box.setAttribute("aria-label", "Search the sources");
  box.oninput = () => { wanted = box.value.toLowerCase(); search(); };
  $("sources").querySelector("h2").after(box);
  $("map").hidden = false;
  whole();
  window.addEventListener("resize", whole);
  refresh();
  setInterval(() => { if (!document.hidden) refresh(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  $("land").setAttribute("d", (await (await fetch("/world.json")).json()).land);
}
begin();
