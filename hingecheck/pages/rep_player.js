// The buttons under a video: each rep, slowly and in a loop; frame by frame; speed. Keys do the same.
const SPEEDS = [0.25, 0.5, 1];
const SHOWN_MS = 1200; // how long the bottom is shown before the rep is played
const SLOW_UP_TO_S = 12; // a longer one, a hold, is played as it is
let onKey = null;

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".player");
  if (!data) return;
  const video = () => document.querySelector(data.video);
  const player = (root.player ??= { loop: null, timer: null, own_s: null, nonce: 0 });

  const say = (text) => (root.querySelector(".said").textContent = text);
  const speed = () => video()?.playbackRate ?? 1;

  function seek(to_s) {
    const film = video();
    if (!film) return;
    const go = () => {
      player.own_s = Math.max(0, Math.min(to_s, film.duration || to_s));
      film.currentTime = player.own_s;
    };
    if (film.readyState >= 1) go();
    else film.addEventListener("loadedmetadata", go, { once: true });
  }

  function setSpeed(rate) {
    const film = video();
    if (film) film.playbackRate = rate;
    draw();
  }

  function stopLoop() {
    clearTimeout(player.timer);
    player.loop = player.timer = null;
    say("");
    draw();
  }

  function playRep(rep) {
    const film = video();
    if (!film) return;
    clearTimeout(player.timer);
    film.muted = true;
    film.pause();
    player.loop = rep;
    film.playbackRate = rep.to_s - rep.from_s > SLOW_UP_TO_S ? 1 : 0.5;
    seek(rep.bottom_s);
    draw();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return say(data.words.still.replace("{rep}", rep.number));
    say(data.words.loop.replace("{rep}", rep.number));
    player.timer = setTimeout(() => (seek(rep.from_s), film.play()), SHOWN_MS);
  }

  function press(rep) {
    if (player.loop?.number !== rep.number) return playRep(rep);
    stopLoop();
    video().pause();
  }

  function playOrPause() {
    const film = video();
    if (!film) return;
    clearTimeout(player.timer);
    if (film.paused) film.play();
    else film.pause();
  }

  function step(frames) {
    video()?.pause();
    stopLoop();
    seek((video()?.currentTime ?? 0) + frames * data.frame_s);
  }

  function faster(by) {
    const at = SPEEDS.indexOf(speed());
    setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? SPEEDS.length - 1 : at) + by))]);
  }

  // The video's own events do not bubble, but the document hears them on their way down.
  function onVideo(event) {
    const film = event.target;
    if (film !== video()) return;
    if (event.type === "timeupdate" && player.loop && !film.paused && film.currentTime >= player.loop.to_s) seek(player.loop.from_s);
    if (event.type === "seeking") {
      // Somebody moved the video by its own bar, or by a curve: no loop any more.
      if (player.loop && Math.abs(film.currentTime - player.own_s) > 0.02) stopLoop();
    }
    if (["play", "pause", "ratechange"].includes(event.type)) draw();
  }

  function button(text, label, action, extra = {}) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick: action, ...extra });
    if (label) made.setAttribute("aria-label", label), (made.title = label);
    return made;
  }

  function build() {
    root.replaceChildren();
    const reps = Object.assign(document.createElement("div"), { className: "reps" });
    reps.setAttribute("role", "group");
    reps.setAttribute("aria-label", data.words.reps);
    for (const rep of data.reps) reps.append(button(rep.label, "", () => press(rep), { className: `rep ${rep.tone}` }));
    const tools = Object.assign(document.createElement("div"), { className: "tools" });
    tools.append(
      button("▶", data.words.play, playOrPause, { className: "play" }),
      button("◂ 1", data.words.back, () => step(-1)),
      button("1 ▸", data.words.on, () => step(1)),
      ...SPEEDS.map((rate) => {
        const shown = `${rate}`.replace(".", data.words.decimal);
        return button(`${shown}×`, data.words.speed.replace("{rate}", shown), () => setSpeed(rate), { className: "speed" });
      }));
    const said = Object.assign(document.createElement("p"), { className: "said" });
    said.setAttribute("role", "status");
    const keys = document.createElement("details");
    const list = document.createElement("dl");
    for (const [key, what] of data.keys)
      list.append(Object.assign(document.createElement("dt"), { textContent: key }), Object.assign(document.createElement("dd"), { textContent: what }));
    keys.append(Object.assign(document.createElement("summary"), { textContent: data.words.keys }), list);
    root.append(reps, said, tools, keys);
  }

  function draw() {
    const film = video();
    const paused = !film || film.paused;
    const play = root.querySelector(".play");
    play.textContent = paused ? "▶" : "❚❚";
    play.setAttribute("aria-label", (play.title = paused ? data.words.play : data.words.pause));
    root.querySelectorAll(".speed").forEach((one, at) => one.setAttribute("aria-pressed", SPEEDS[at] === speed()));
    root.querySelectorAll(".rep").forEach((one, at) => one.setAttribute("aria-pressed", data.reps[at].number === player.loop?.number));
  }

  const actions = {
    " ": playOrPause, ArrowLeft: () => step(-1), ArrowRight: () => step(1), ",": () => faster(-1), ".": () => faster(1),
    "?": () => { const keys = root.querySelector("details"); keys.open = !keys.open; keys.scrollIntoView({ block: "nearest" }); },
  };

  function pressed(event) {
    const at = event.composedPath()[0];
    const types = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT|VIDEO)$/.test(at.tagName) || at.closest?.('[role="slider"], [role="radiogroup"]');
    const presses = event.key === " " && /^(BUTTON|SUMMARY|A)$/.test(at.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || types || presses || !root.isConnected) return;
    const rep = data.reps.find((one) => String(one.number) === event.key);
    const action = rep ? () => press(rep) : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  if (root.built !== data.id) {
    root.built = data.id;
    stop(player);
    player.loop = null;
    build();
  }
  stop(player);
  const kinds = ["timeupdate", "seeking", "play", "pause", "ratechange"];
  kinds.forEach((kind) => document.addEventListener(kind, onVideo, true));
  if (onKey) document.removeEventListener("keydown", onKey);
  onKey = pressed;
  document.addEventListener("keydown", pressed);
  player.stop = () => {
    kinds.forEach((kind) => document.removeEventListener(kind, onVideo, true));
    document.removeEventListener("keydown", pressed);
  };
  draw();
  if (data.ask && data.ask.nonce !== player.nonce) {
    player.nonce = data.ask.nonce;
    const rep = data.reps.find((one) => one.number === data.ask.rep);
    if (rep) playRep(rep), video()?.scrollIntoView({ behavior: "smooth", block: "center" });
  }
  return () => (clearTimeout(player.timer), stop(player));
}

function stop(player) {
  player.stop?.();
  player.stop = null;
}
