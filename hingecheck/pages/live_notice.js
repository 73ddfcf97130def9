// Shows what is wrong between camera, browser and program. It checks on its own timer: a stopped program sends nothing.
const CHECK_MS = 500, LOST_MS = 6000, HIDDEN_MS = 2000, NOTICE_MS = 20000, SETTLE_MS = 1000;
const memory = (window.hingecheckNotice ??= {
  data: null, element: null, receivedMs: 0, hiddenMs: null, visibleMs: null, gap_s: 0, hiddenText: "",
});

// The camera's part of the page is an iframe of the same origin; its alert names the browser's error.
// Its place is taken by the sentence for it: one message, in a person's words.
function cameraError(sentences) {
  const frame = document.querySelector("iframe[title*='webrtc']");
  const alert = frame?.contentDocument?.querySelector("[role='alert']");
  const text = alert ? (sentences.find(([sign]) => alert.textContent.includes(sign)) ?? ["", ""])[1] : "";
  if (alert) alert.style.display = text ? "none" : "";
  return text;
}

// The longest gap between frames shows whether counting went on, once newer figures have come.
function reportHidden(words, now) {
  const { hiddenMs, visibleMs, gap_s, receivedMs } = memory;
  if (visibleMs === null || memory.hiddenText !== "" || receivedMs < visibleMs + SETTLE_MS) return;
  const seconds = (visibleMs - hiddenMs) / 1000;
  const text = gap_s > seconds / 2 ? words.hidden_paused : words.hidden_on;
  memory.hiddenText = text.replace("{seconds}", Math.round(seconds));
  memory.untilMs = now + NOTICE_MS;
}

function currentText(now) {
  const { data } = memory;
  if (!document.hidden && now - memory.receivedMs > LOST_MS) return data.words.lost;
  if (!data.playing) return cameraError(data.words.camera_errors);
  if (data.stalled) return data.words.stalled;
  reportHidden(data.words, now);
  return now < (memory.untilMs ?? 0) ? memory.hiddenText : "";
}

function update() {
  if (!memory.element?.isConnected || !memory.data) return;
  const notice = memory.element.querySelector(".notice");
  const text = currentText(performance.now());
  if (!notice || notice.textContent === text) return;
  notice.textContent = text;
  // Below the button, which on a phone may be the last thing in sight.
  if (text && !memory.data.playing) notice.scrollIntoView({ block: "nearest" });
}

function onVisibilityChange() {
  const now = performance.now();
  if (document.hidden) {
    Object.assign(memory, { hiddenMs: now, visibleMs: null, gap_s: 0 });
  } else if (memory.hiddenMs !== null) {
    // A hidden page requests nothing: its own silence is no lost connection.
    memory.receivedMs = now;
    const isReported = memory.data?.playing && now - memory.hiddenMs > HIDDEN_MS;
    Object.assign(memory, { visibleMs: isReported ? now : null, hiddenText: "", untilMs: 0 });
  }
}

if (!memory.timer) {
  memory.timer = setInterval(update, CHECK_MS);
  document.addEventListener("visibilitychange", onVisibilityChange);
}

export default function ({ data, parentElement }) {
  if (!data) return;
  const gap_s = Math.max(memory.gap_s, data.gap_s);
  Object.assign(memory, { data, gap_s, element: parentElement, receivedMs: performance.now() });
  update();
}
