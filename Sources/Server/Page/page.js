// Keeps the page as it is now: pieces that changed come as server-sent events. Without this script the page
// is loaded anew every ten seconds.
"use strict";

// Brings `old` to what `fresh` is and touches nothing else: focus, selection and what somebody opened stay.
function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh.cloneNode(true));
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) return;
  // What we wrote into a time is ours.
  if (old.nodeName === "TIME" && old.dateTime === fresh.dateTime) return;
  if (old.nodeName === "TIME") delete old.dataset.utc;
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    const isTheReaders = name === "open" && old.nodeName === "DETAILS";
    if (!fresh.hasAttribute(name) && !isTheReaders) old.removeAttribute(name);
  }
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((node, index) => {
    if (index < before.length) morph(before[index], node);
    else old.append(node.cloneNode(true));
  });
  before.slice(after.length).forEach((node) => node.remove());
}

function span(seconds) {
  if (seconds < 120) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

// The service's clock counts, not this computer's.
let ahead = 0;

function tellTimes() {
  for (const element of document.querySelectorAll("time")) {
    const at = new Date(element.dateTime);
    if (!element.dataset.utc) {
      element.dataset.utc = element.textContent;
      element.title = at.toLocaleString(undefined, { timeZoneName: "short" });
    }
    if (!("since" in element.dataset)) continue;
    const text = `${element.dataset.utc} (${span((Date.now() - ahead - at) / 1000)})`;
    if (element.textContent !== text) element.textContent = text;
  }
}

function announce() {
  const summary = document.getElementById("summary");
  const title = `${summary.dataset.title} - drctl`;
  if (document.title !== title) document.title = title;
  const said = document.getElementById("announce");
  const headline = document.getElementById("headline").textContent.trim();
  if (said.textContent !== headline) said.textContent = headline;
}

const link = document.getElementById("link");
const asOf = document.querySelector("#as-of time");
let heard = Date.now();

function tellLink() {
  const silence = (Date.now() - heard) / 1000;
  const isLost = silence > 12;
  document.body.classList.toggle("lost", isLost);
  const text = isLost ? `: CONNECTION LOST ${span(silence)} ago, what you see is old` : ", live";
  if (link.textContent !== text) link.textContent = text;
}

function hear(moment) {
  heard = Date.now();
  ahead = heard - new Date(moment);
  asOf.dateTime = moment;
  asOf.dataset.utc = `${moment.slice(11, 19)}Z`;
  asOf.textContent = asOf.dataset.utc;
  asOf.title = new Date(moment).toLocaleString(undefined, { timeZoneName: "short" });
}

const source = new EventSource("/events");
source.addEventListener("piece", (event) => {
  const { id, html } = JSON.parse(event.data);
  const old = document.getElementById(id);
  const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  // Another configuration may have other workloads.
  if (!old || !fresh) location.reload();
  else morph(old, fresh);
});
source.addEventListener("now", (event) => {
  hear(JSON.parse(event.data).now);
  announce();
  tellTimes();
  tellLink();
});
// A browser gives up on an answer that is no stream, such as a 503.
source.addEventListener("error", () => {
  if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 10000);
});

setInterval(() => {
  tellTimes();
  tellLink();
}, 1000);
tellTimes();

// On paper everything is open.
addEventListener("beforeprint", () => {
  for (const element of document.querySelectorAll("details")) element.open = true;
});
