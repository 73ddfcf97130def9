// The curves of a set with a line at the moment that the video shows, and its values; a press on a curve moves the video.
const SVG = "http://www.w3.org/2000/svg";

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".panel");
  if (!data) return;
  const video = () => document.querySelector(data.video);
  const panel = (root.panel ??= { at_s: null, charts: [], frame: null });

  const make = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  // The chart's own numbers, as its data-axes says them.
  function chartOf(svg, kind, curve) {
    const [left, top, width, height, x_low, x_high, y_low, y_high] = svg.dataset.axes.split(" ").map(Number);
    const chart = { svg, kind, curve, left, top, width, height, x_low, x_high, y_low, y_high };
    chart.x = (value) => left + ((value - x_low) / (x_high - x_low)) * width;
    chart.y = (value) => top + height - ((Math.min(Math.max(value, y_low), y_high) - y_low) / (y_high - y_low)) * height;
    chart.line = make("line", { class: "playhead", y1: top, y2: top + height, visibility: "hidden" });
    chart.dot = make("circle", { class: "playdot", r: 5, visibility: "hidden" });
    svg.append(...(kind === "time" ? [chart.line, chart.dot] : [chart.dot]));
    return chart;
  }

  function near(curve, at_s) {
    const { time_s } = curve;
    let low = 0, high = time_s.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (time_s[middle] < at_s) low = middle + 1;
      else high = middle;
    }
    const at = low > 0 && at_s - time_s[low - 1] < time_s[low] - at_s ? low - 1 : low;
    return { value: curve.value[at], width: curve.width[at] };
  }

  const put = (element, attributes, shown) => {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.setAttribute("visibility", shown ? "visible" : "hidden");
  };

  function show(at_s) {
    panel.at_s = at_s;
    for (const chart of panel.charts) {
      const inside = chart.kind === "trail" || (at_s >= chart.x_low - 1e-6 && at_s <= chart.x_high + 1e-6);
      if (chart.kind === "time") {
        const x = chart.x(Math.min(Math.max(at_s, chart.x_low), chart.x_high));
        const { value } = near(chart.curve, at_s);
        put(chart.line, { x1: x, x2: x }, inside);
        put(chart.dot, { cx: x, cy: value === null ? 0 : chart.y(value) }, inside && value !== null);
      } else {
        const across = near(chart.curve[0], at_s).value, up = near(chart.curve[1], at_s).value;
        const seen = across !== null && up !== null && across >= chart.x_low && across <= chart.x_high;
        put(chart.dot, { cx: seen ? chart.x(across) : 0, cy: seen ? chart.y(up) : 0 }, seen);
      }
    }
    root.querySelectorAll(".value").forEach((output, at) => {
      const { value, width } = near(data.curves[at], at_s);
      const band = value !== null && width ? ` ± ${width.toFixed(0)}` : "";
      output.textContent = `${at_s.toFixed(1).replace(".", data.words.decimal)} s: ` + (value === null ? data.words.unseen : `${Math.round(value) + 0}${band}°`);
    });
  }

  const follow = () => {
    cancelAnimationFrame(panel.frame);
    const film = video();
    if (!film || !root.isConnected) return;
    show(film.currentTime + data.begin_s);
    if (!film.paused && !film.ended) panel.frame = requestAnimationFrame(follow);
  };

  function press(event, chart) {
    const inverse = chart.svg.getScreenCTM()?.inverse();
    if (!inverse) return;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(inverse);
    const share = Math.min(Math.max((point.x - chart.left) / chart.width, 0), 1);
    const at_s = Math.round((chart.x_low + share * (chart.x_high - chart.x_low)) * 100) / 100;
    const film = video();
    if (film) film.currentTime = Math.max(at_s - data.begin_s, 0);
    show(at_s);
  }

  function build() {
    root.innerHTML = data.hatches;
    panel.charts = [];
    for (const curve of data.curves) {
      const figure = document.createElement("figure");
      figure.innerHTML = `<figcaption><strong></strong> <span class="value"></span></figcaption>${curve.wide}${curve.narrow}`;
      figure.querySelector("strong").textContent = curve.label;
      root.append(figure);
      for (const svg of figure.querySelectorAll("svg")) {
        const chart = chartOf(svg, "time", curve);
        svg.onpointerdown = (event) => (svg.setPointerCapture(event.pointerId), press(event, chart));
        svg.onpointermove = (event) => event.buttons && press(event, chart);
        panel.charts.push(chart);
      }
    }
    if (data.trails) {
      const figure = document.createElement("figure");
      figure.className = "trails";
      figure.innerHTML = `<figcaption><strong></strong></figcaption>${data.trails}<p></p>`;
      figure.querySelector("strong").textContent = data.words.trails;
      figure.querySelector("p").textContent = data.words.trails_about;
      root.append(figure);
      panel.charts.push(chartOf(figure.querySelector("svg"), "trail", data.curves));
    }
  }

  if (root.built !== data.id) {
    root.built = data.id;
    build();
    show(data.curves[0].time_s[0]);
  }
  panel.stop?.();
  const onVideo = (event) => event.target === video() && follow();
  const kinds = ["timeupdate", "seeking", "seeked", "play", "loadedmetadata"];
  kinds.forEach((kind) => document.addEventListener(kind, onVideo, true));
  panel.stop = () => {
    cancelAnimationFrame(panel.frame);
    kinds.forEach((kind) => document.removeEventListener(kind, onVideo, true));
  };
  return panel.stop;
}
