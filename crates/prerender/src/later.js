// What waits until the page is there and nothing is going on: working without a network, and new builds of the site. It
// stands outside of the program, so that a program that fails is not stuck with an old build.
const site = new URL("../", import.meta.url).href;
const workers = navigator.serviceWorker;
// The host's latest build is asked for at most this often, in milliseconds.
const OFTEN = 3600000;

function link(rel, file) {
  const link = document.querySelector("link[rel=" + rel + "]") || document.head.appendChild(document.createElement("link"));
  link.rel = rel;
  link.href = site + file;
}

// Says that there is a new build. Below everything else, so that nothing moves away under somebody's hands.
let notice;
function announce(change) {
  if (notice) notice.remove();
  notice = document.createElement("div");
  notice.className = "banner banner--notice needs-program";
  notice.setAttribute("role", "status");
  notice.dataset.newBuild = "";
  Object.assign(notice.style, { position: "fixed", bottom: "12px", left: "12px", right: "12px", maxWidth: "36rem", margin: "0 auto", zIndex: 9 });
  document.body.appendChild(notice);
  const add = (to, tag, name, text) => {
    const element = to.appendChild(document.createElement(tag));
    element.className = name;
    element.textContent = text;
    return element;
  };
  add(notice, "p", "banner__what", "网站有了新版本。");
  add(notice, "p", "", "这一页可以接着填，不急。换到新版本要刷新一下页面，填好的都在。");
  const buttons = add(notice, "p", "banner__actions buttons", "");
  const button = (name, text, click) => {
    const made = add(buttons, "button", "button " + name, text);
    made.type = "button";
    made.onclick = click;
  };
  button("button--primary", "换到新版本", change);
  button("", "先不换", () => notice.remove());
}

const reload = () => location.reload();

async function work() {
  const registration = await workers.register(site + "sw.js");
  let isAsked = false;
  const offer = () => announce(() => {
    isAsked = true;
    if (registration.waiting) registration.waiting.postMessage("take over");
    else reload();
  });
  let before = workers.controller;
  workers.addEventListener("controllerchange", () => {
    // The first one takes care of a page that had none; nothing changes for it.
    if (before) isAsked ? reload() : announce(reload);
    before = workers.controller;
  });
  const watch = (worker) => worker && worker.addEventListener("statechange", () => {
    if (worker.state === "installed" && workers.controller) offer();
  });
  registration.addEventListener("updatefound", () => watch(registration.installing));
  watch(registration.installing);
  if (registration.waiting && workers.controller) offer();
  return () => registration.update();
}

// On plain http there is no worker: whether the host still has this page's files is all there is to know.
async function look() {
  const answer = await fetch(site + "build.txt", { cache: "no-store" });
  const files = answer.ok ? await answer.text() : "";
  const own = [import.meta.url.split("/").slice(-2)[0], document.querySelector("link[rel=stylesheet]").href.split("/").pop()];
  // Anything else than our list says nothing: a sign-in page of the network, say.
  if (files.startsWith("plan-checklist\n") && !own.every((name) => files.includes(name))) announce(reload);
}

function begin() {
  link("icon", "icon.svg");
  link("manifest", "manifest.json");
  (workers ? work() : Promise.resolve(look)).then((ask) => {
    let asked = Date.now();
    const again = () => {
      if (document.visibilityState !== "visible" || Date.now() - asked < OFTEN) return;
      asked = Date.now();
      // Where there is no network, there is nothing new.
      ask().catch(() => {});
    };
    document.addEventListener("visibilitychange", again);
    setInterval(again, OFTEN);
  }).catch(() => {});
}

window.requestIdleCallback ? requestIdleCallback(begin, { timeout: 5000 }) : setTimeout(begin, 1000);
