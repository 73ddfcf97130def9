// Marks the beginning and the end of a part of the video beside it, at the moment that is shown.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".recorder");
  if (!data || root.chosen) return;
  const { words } = data;
  const part = (root.chosen = { start: null, end: null });
  root.innerHTML = `<p class="notice" role="status"></p><div class="buttons"></div>`;
  const say = (text) => (root.querySelector(".notice").textContent = text);
  const video = () => document.querySelector(data.video);

  function tell() {
    const shown = (at_s) => at_s.toFixed(1).replace(".", words.decimal);
    const start = shown(part.start ?? 0);
    if (part.start === null && part.end === null) say(words.none);
    else say(part.end === null ? fill(words.to_end, { start }) : fill(words.part, { start, end: shown(part.end) }));
    setStateValue("part", { ...part });
  }

  function mark(name) {
    const now = Math.round(video().currentTime * 10) / 10;
    const next = { ...part, [name]: now };
    if (next.start !== null && next.end !== null && next.end <= next.start) return say(words.wrong);
    Object.assign(part, next);
    tell();
  }

  const actions = { start: () => mark("start"), end: () => mark("end"), whole: () => (Object.assign(part, { start: null, end: null }), tell()) };
  for (const [name, action] of Object.entries(actions)) {
    const button = document.createElement("button");
    button.textContent = words[name];
    button.onclick = action;
    root.querySelector(".buttons").append(button);
  }
  say(words.none);
  video()?.addEventListener("error", () => say(words.unplayable));
}
