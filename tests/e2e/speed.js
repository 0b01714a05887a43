// Put first into the page: clicks statuses, and tells how many milliseconds each click took.
{
  // The program asks the clock as well, and is watched doing so.
  const now = () => performance.now();

  // When the program comes by certain functions of the browser on its way from a click to a saved answer.
  let marks = {};
  const mark = (owner, name, note) => {
    const real = owner[name];
    owner[name] = function () {
      const result = real.apply(this, arguments);
      note(this, arguments);
      return result;
    };
  };
  // The card shows its status.
  mark(Element.prototype, "setAttribute", (element, [name]) => {
    if (element === marks.card && name === "data-status") marks.shown = now();
  });
  // Before saving, when everything is rendered, it asks for the time …
  mark(Date, "now", () => {
    if (!marks.text) marks.asked = now();
  });
  mark(Storage.prototype, "setItem", (_, [key, text]) => {
    if (key.startsWith("plan-checklist/w/")) marks.text = text;
  });
  // … and then it says at what hour it was.
  mark(Date.prototype, "getHours", () => {
    if (marks.text && !marks.saved) marks.saved = now();
  });

  // Until the page has been painted and the browser has nothing more to do for it.
  const rest = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));

  const click = async (card) => {
    const status = card.dataset.status === "done" ? "in-progress" : "done";
    const radio = card.querySelector(`input[value=${status}]`);
    await rest();
    marks = { card };
    const start = now();
    radio.click();
    await rest();
    if (card.dataset.status !== status) throw new Error(`${card.id} does not show ${status}`);
    return { start, ...marks };
  };

  // For each click: until it is shown, the peer of that, saving, the peer of that, until it is saved, and how much that was.
  window.timeClicks = async (count) => {
    const cards = [...document.querySelectorAll("main [data-requirement]")];
    // The same card in the same page without a program behind it.
    const twin = cards[0].cloneNode(true);
    for (const radio of twin.querySelectorAll("input")) radio.name = "twin";
    twin.addEventListener("change", (event) => twin.setAttribute("data-status", event.target.value));
    document.body.append(twin);
    const samples = [];
    while (samples.length < count) {
      const { start, shown, asked, saved, text } = await click(cards[samples.length % cards.length]);
      const peer = await click(twin);
      await rest();
      const before = now();
      localStorage.setItem("plain", text);
      const plain = now() - before;
      samples.push([shown - start, peer.shown - peer.start, saved - asked, plain, saved - start, text.length]);
    }
    twin.remove();
    return samples;
  };
}
