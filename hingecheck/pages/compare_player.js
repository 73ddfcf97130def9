// Two videos in step: both are at the same share of the same part of their rep (down, at the bottom, up).
const PARTS = 3;

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".both");
  if (!data) return;
  const films = () => data.films.map(({ video }) => document.querySelector(video));
  const both = (root.both ??= { at: 0, frame: null, last_ms: 0 });
  // A part lasts as long as the slower of the two takes for it.
  const lengths = Array.from({ length: PARTS }, (_, part) =>
    Math.max(0.2, ...data.films.map(({ times }) => times[part + 1] - times[part])));
  const total_s = lengths.reduce((sum, one) => sum + one, 0);

  function place(at_s) {
    let part = 0, left_s = at_s;
    while (part < PARTS - 1 && left_s > lengths[part]) left_s -= lengths[part++];
    return { part, share: Math.min(1, left_s / lengths[part]) };
  }

  function show(at_s, exactly) {
    both.at = at_s;
    const { part, share } = place(at_s);
    films().forEach((film, number) => {
      if (!film) return;
      const { times } = data.films[number];
      const to_s = times[part] + share * (times[part + 1] - times[part]);
      const rate = (times[part + 1] - times[part]) / lengths[part];
      if (!exactly) film.playbackRate = Math.min(2, Math.max(0.1, rate));
      if (exactly || Math.abs(film.currentTime - to_s) > 0.15) film.currentTime = to_s;
    });
    const slider = root.querySelector("input");
    slider.value = Math.round((1000 * at_s) / total_s);
    slider.setAttribute("aria-valuetext", `${data.words.marks[part]}, ${Math.round(100 * share)} %`);
  }

  function tick(now_ms) {
    const passed_s = both.last_ms ? (now_ms - both.last_ms) / 1000 : 0;
    both.last_ms = now_ms;
    const next = both.at + passed_s;
    if (next >= total_s) show(0, true);
    else show(next, false);
    both.frame = requestAnimationFrame(tick);
  }

  function pause() {
    cancelAnimationFrame(both.frame);
    both.frame = null;
    films().forEach((film) => film?.pause());
    draw();
  }

  function play() {
    both.last_ms = 0;
    show(both.at, true);
    films().forEach((film) => film && ((film.muted = true), film.play()));
    both.frame = requestAnimationFrame(tick);
    draw();
  }

  function draw() {
    root.querySelector("button").textContent = both.frame === null ? data.words.play : data.words.pause;
  }

  if (both.frame !== null) cancelAnimationFrame(both.frame), (both.frame = null);
  const key = JSON.stringify(data.films);
  if (root.built !== key) {
    root.built = key;
    both.at = 0;
    root.replaceChildren();
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.onclick = () => (both.frame === null ? play() : pause());
    const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 1000, value: 0 });
    slider.setAttribute("aria-label", data.words.moment);
    slider.oninput = () => (pause(), show((slider.value / 1000) * total_s, true));
    root.append(button, slider);
    // Both begin at the bottom, the moment that the verdict is about.
    const begin = () => show(lengths[0], true);
    films().forEach((film) => film && (film.readyState >= 1 ? begin() : film.addEventListener("loadedmetadata", begin, { once: true })));
  }
  draw();
  return () => cancelAnimationFrame(both.frame);
}
