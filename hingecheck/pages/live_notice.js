// Shows what is wrong between camera, browser and program. It looks by its own clock: a program that is gone calls nobody.
const LOOK_MS = 500, LOST_MS = 6000, HIDDEN_MS = 2000, SHOWN_MS = 20000, FRESH_MS = 1000;
const memory = (window.hingecheckNotice ??= { data: null, place: null, heard: 0, left: null, back: null, gap_s: 0, told: "" });

// The camera's part of the page is a frame of the same origin; its alert names the browser's error.
function refused(words) {
  const frame = document.querySelector("iframe[title*='webrtc']");
  const said = frame?.contentDocument?.querySelector("[role='alert']")?.textContent;
  return said ? (words.find(([sign]) => said.includes(sign)) ?? ["", ""])[1] : "";
}

// Whether counting went on is known by the longest time without a picture since, once newer figures have come.
function hidden(words, now) {
  const { left, back, gap_s, heard } = memory;
  if (back === null || memory.told !== "" || heard < back + FRESH_MS) return;
  const seconds = (back - left) / 1000;
  const text = gap_s > seconds / 2 ? words.hidden_paused : words.hidden_on;
  memory.told = text.replace("{seconds}", Math.round(seconds));
  memory.until = now + SHOWN_MS;
}

function current(now) {
  const { data } = memory;
  if (!document.hidden && now - memory.heard > LOST_MS) return data.words.lost;
  if (!data.playing) return refused(data.words.refused);
  if (data.still) return data.words.still;
  hidden(data.words, now);
  return now < (memory.until ?? 0) ? memory.told : "";
}

function look() {
  if (!memory.place?.isConnected || !memory.data) return;
  const shown = memory.place.querySelector(".notice");
  const text = current(performance.now());
  if (shown && shown.textContent !== text) shown.textContent = text;
}

function turned() {
  const now = performance.now();
  if (document.hidden) {
    Object.assign(memory, { left: now, gap_s: 0 });
    memory.back = null;
  } else if (memory.left !== null) {
    // Nothing is asked of a page that nobody sees: its own silence is no lost connection.
    memory.heard = now;
    const matters = memory.data?.playing && now - memory.left > HIDDEN_MS;
    Object.assign(memory, { back: matters ? now : null, told: "", until: 0 });
  }
}

if (!memory.looks) {
  memory.looks = setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", turned);
}

export default function ({ data, parentElement }) {
  if (!data) return;
  const gap_s = Math.max(memory.gap_s, data.gap_s);
  Object.assign(memory, { data, gap_s, place: parentElement, heard: performance.now() });
  look();
}
