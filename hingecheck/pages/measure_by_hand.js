// One frame of the video; three clicks on it are an angle. Points are in pixels of the frame, whatever is zoomed.
const SVG = "http://www.w3.org/2000/svg";
const CORNERS = 3, MOST_ZOOM = 16, GRAB_PX = 24, CLICK_PX = 4;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".hand");
  if (!data) return;
  const { words, frame } = data;
  const hand = (root.hand ??= { points: [], before: [], view: null, touches: new Map(), drag: null, cross: null });
  const film = () => document.querySelector(data.video);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const make = (name, attributes, ...children) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // --- what is shown ---

  const whole = () => ({ x: 0, y: 0, width: frame.width, height: frame.height });
  const svg = () => root.querySelector("svg");
  const perPx = () => 1 / (svg().getScreenCTM()?.a || 1); // pixels of the frame per pixel of the screen

  function pointAt(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg().getScreenCTM().inverse());
    return [at.x, at.y];
  }

  const inside = ([x, y]) => [Math.min(Math.max(x, 0), frame.width), Math.min(Math.max(y, 0), frame.height)];

  function show(view) {
    const width = Math.min(Math.max(view.width, frame.width / MOST_ZOOM), frame.width), height = (width / frame.width) * frame.height;
    hand.view = { width, height, x: Math.min(Math.max(view.x, 0), frame.width - width), y: Math.min(Math.max(view.y, 0), frame.height - height) };
    draw();
  }

  // What is under the point stays there.
  function zoom(factor, [x, y]) {
    const { view } = hand, by = Math.min(Math.max(factor, view.width / frame.width), (view.width / frame.width) * MOST_ZOOM);
    show({ width: view.width / by, x: x - (x - view.x) / by, y: y - (y - view.y) / by });
  }

  const middle = () => hand.points.at(-1) ?? [hand.view.x + hand.view.width / 2, hand.view.y + hand.view.height / 2];

  // --- what is clicked ---

  function change(points) {
    hand.before.push(hand.points);
    hand.points = points;
    draw();
  }

  function add(point) {
    if (hand.points.length < CORNERS) change([...hand.points, inside(point)]);
  }

  function undo() {
    if (hand.before.length) hand.points = hand.before.pop();
    draw();
  }

  function nearest(point) {
    const distances = hand.points.map(([x, y]) => Math.hypot(x - point[0], y - point[1]) / perPx());
    const least = Math.min(...distances);
    return least <= GRAB_PX ? distances.indexOf(least) : -1;
  }

  function send(name, value) {
    hand.waits = true;
    draw();
    hand.send(name, value);
  }

  // --- pointers: a click sets a point, a drag moves one or the view, two fingers zoom ---

  function down(event) {
    svg().setPointerCapture(event.pointerId);
    hand.touches.set(event.pointerId, [event.clientX, event.clientY]);
    hand.cross = null;
    const at = pointAt(event), held = nearest(at);
    if (hand.drag?.held >= 0) hand.points = hand.drag.points;
    hand.drag = hand.touches.size > 1 ? null
      : { held, at, from: [event.clientX, event.clientY], moved: false, points: hand.points,
          offset: held < 0 ? null : [hand.points[held][0] - at[0], hand.points[held][1] - at[1]] };
  }

  function move(event) {
    if (!hand.touches.has(event.pointerId)) return;
    const last = hand.touches.get(event.pointerId), now = [event.clientX, event.clientY];
    hand.touches.set(event.pointerId, now);
    if (hand.touches.size === 2) return pinch(event.pointerId, last, now);
    const { drag } = hand;
    if (!drag) return;
    drag.moved ||= Math.hypot(now[0] - drag.from[0], now[1] - drag.from[1]) > CLICK_PX;
    if (!drag.moved) return;
    const at = pointAt(event);
    if (drag.held < 0) return show({ ...hand.view, x: hand.view.x + drag.at[0] - at[0], y: hand.view.y + drag.at[1] - at[1] });
    hand.points = drag.points.map((point, place) => (place === drag.held ? inside([at[0] + drag.offset[0], at[1] + drag.offset[1]]) : point));
    draw();
  }

  function pinch(id, last, now) {
    const [other] = [...hand.touches].filter(([one]) => one !== id).map(([, at]) => at);
    const apart = (at) => Math.max(Math.hypot(at[0] - other[0], at[1] - other[1]), 1);
    zoom(apart(now) / apart(last), pointAt({ clientX: (now[0] + other[0]) / 2, clientY: (now[1] + other[1]) / 2 }));
  }

  function up(event) {
    if (!hand.touches.delete(event.pointerId)) return;
    const { drag } = hand;
    hand.drag = null;
    if (!drag) return;
    if (event.type === "pointercancel") hand.points = drag.points;
    else if (drag.held >= 0 && drag.moved) hand.before.push(drag.points);
    else if (!drag.moved && drag.held < 0) return add(drag.at);
    draw();
  }

  function wheel(event) {
    if (!event.ctrlKey) return; // the page scrolls
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 200), pointAt(event));
  }

  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function key(event) {
    const step = (event.shiftKey ? 1 : 10) * perPx(), arrow = arrows[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow) {
      const [x, y] = hand.cross ?? middle();
      hand.cross = inside([x + arrow[0] * step, y + arrow[1] * step]);
      draw();
    } else if (event.key === "Enter") add(hand.cross ?? middle());
    else if (event.key === "Backspace") undo();
    else if (event.key === "+") zoom(1.5, hand.cross ?? middle());
    else if (event.key === "-") zoom(1 / 1.5, hand.cross ?? middle());
    else return;
    event.preventDefault();
    event.stopPropagation(); // the arrows step the video elsewhere
  }

  // --- elements ---

  function button(name, action) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: words[name], onclick: action, className: name });
    if (words[`${name}_label`]) made.setAttribute("aria-label", (made.title = words[`${name}_label`]));
    return made;
  }

  function build() {
    const bar = (...buttons) => {
      const made = Object.assign(document.createElement("div"), { className: "tools" });
      made.append(...buttons);
      return made;
    };
    const status = Object.assign(document.createElement("p"), { className: "said" });
    status.setAttribute("role", "status");
    root.replaceChildren(
      bar(button("take", () => (film()?.pause(), send("moment", { at_s: film()?.currentTime ?? 0 }))),
          button("back", () => send("moment", { step: -1 })), button("on", () => send("moment", { step: 1 }))),
      status);
    if (!frame) return;
    const picture = make("svg", { tabindex: 0, role: "application", "aria-label": words.frame },
      make("image", { href: frame.source, width: frame.width, height: frame.height, preserveAspectRatio: "none" }), make("g", {}));
    picture.addEventListener("wheel", wheel, { passive: false });
    // As large as it fits, and no empty edge that could be clicked.
    Object.assign(picture.style, { aspectRatio: frame.width / frame.height, maxWidth: `${(80 * frame.width) / frame.height}vh` });
    Object.assign(picture, { onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up, onkeydown: key, onblur: () => ((hand.cross = null), draw()) });
    root.append(picture,
      bar(button("nearer", () => zoom(1.5, middle())), button("farther", () => zoom(1 / 1.5, middle())), button("undo", undo),
          button("save", () => send("angle", { time_s: frame.time_s, points: hand.points }))));
    new ResizeObserver(draw).observe(picture);
  }

  function say() {
    if (!frame) return words.none;
    const head = fill(words.moment, { time_s: frame.time_s.toFixed(2).replace(".", words.decimal) });
    const next = hand.points.length < CORNERS ? fill(words.click, { corner: data.corners[hand.points.length] }) : words.complete;
    return `${head} ${next}`;
  }

  function draw() {
    root.querySelector(".said").textContent = say();
    root.querySelectorAll("button").forEach((one) => (one.disabled = hand.waits));
    if (!frame) return root.querySelectorAll(".back, .on").forEach((one) => (one.disabled = true));
    root.querySelector(".undo").disabled ||= !hand.before.length;
    root.querySelector(".save").disabled ||= hand.points.length < CORNERS;
    const { x, y, width, height } = hand.view, px = perPx();
    svg().setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    const marks = svg().querySelector("g");
    const line = hand.points.map((point) => point.join()).join(" ");
    marks.replaceChildren(
      ...["edge", "line"].map((name) => make("polyline", { class: name, points: line })),
      ...hand.points.flatMap(([cx, cy]) => ["edge", "ring"].map((name) => make("circle", { class: name, cx, cy, r: 7 * px }))),
      ...hand.points.map(([cx, cy]) => make("circle", { class: "dot", cx, cy, r: 1.2 * px })));
    if (hand.cross) {
      const [cx, cy] = hand.cross, reach = 14 * px;
      for (const name of ["edge", "ring"])
        marks.append(make("path", { class: name, d: `M${cx - reach} ${cy}h${2 * reach}M${cx} ${cy - reach}v${2 * reach}` }));
    }
  }

  // Every answer of the server has a number; only another frame, another angle and a saved one begin anew.
  Object.assign(hand, { send: setTriggerValue, waits: hand.answer === data.answer && hand.waits, answer: data.answer });
  const size = `${frame?.width} ${frame?.height}`, shown = `${data.id} ${frame?.time_s} ${size} ${data.corners} ${data.saved}`;
  if (root.built !== shown) {
    if (hand.size !== size) hand.view = frame && whole();
    Object.assign(hand, { size, points: [], before: [], drag: null, cross: null });
    hand.touches.clear();
    root.built = shown;
    build();
  }
  draw();
}
