// Records with the browser's camera; a clip goes into the page's own upload field, so that it takes the way of every file.
// Nothing is sent anywhere but to the server of this page.
const KINDS = ["video/mp4;codecs=avc1.42E01E", "video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];
const WANTED = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const kind = () => KINDS.find((one) => MediaRecorder.isTypeSupported(one));

class Recorder {
  constructor(root, data) {
    Object.assign(this, { root, ...data, facing: "user", stream: null, chunks: [], timer: 0 });
    root.innerHTML = `<div class="stage" hidden><video muted playsinline></video><p class="large" aria-hidden="true"></p></div>
      <p class="notice" role="status"></p><div class="buttons"></div>`;
    this.video = root.querySelector("video");
    this.show("start");
  }

  say(text, large = "") {
    this.root.querySelector(".notice").textContent = text;
    this.root.querySelector(".large").textContent = large;
  }

  show(...names) {
    const buttons = names.map((name) => {
      const button = document.createElement("button");
      button.textContent = this.words[name];
      button.className = name;
      button.onclick = () => this[{ again: "record" }[name] ?? name]();
      return button;
    });
    this.root.querySelector(".buttons").replaceChildren(...buttons);
  }

  async start() {
    if (!navigator.mediaDevices) return this.say(this.words.insecure);
    this.close();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { ...WANTED, facingMode: this.facing }, audio: false });
    } catch (error) {
      return this.say(this.words[error.name] ?? this.words.Error);
    }
    this.video.srcObject = this.stream;
    this.root.querySelector(".stage").hidden = false;
    await this.video.play();
    this.say("");
    this.show("record", "flip");
  }

  flip() {
    this.facing = this.facing === "user" ? "environment" : "user";
    return this.start();
  }

  record() {
    let left = this.countdown;
    this.show("stop");
    const tick = () => {
      if (left === 0) return this.begin();
      this.say(fill(this.words.ready, { seconds: left }), String(left));
      left -= 1;
      this.timer = setTimeout(tick, 1000);
    };
    tick();
  }

  begin() {
    this.chunks = [];
    this.recorder = new MediaRecorder(this.stream, { mimeType: kind(), videoBitsPerSecond: 4_000_000 });
    this.recorder.ondataavailable = (event) => this.chunks.push(event.data);
    this.recorder.onstop = () => this.hand();
    this.recorder.start(1000);
    const began = Date.now();
    const tick = () => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      this.say(fill(this.words.recording, { seconds }), `${seconds}`);
      this.timer = setTimeout(tick, 250);
    };
    tick();
  }

  stop() {
    clearTimeout(this.timer);
    if (this.recorder?.state === "recording") this.recorder.stop();
    else {
      this.say("");
      this.show("record", "flip");
    }
  }

  hand() {
    const type = this.recorder.mimeType.split(";")[0];
    const now = new Date();
    const stamp = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 16).replace("T", "-").replace(":", "");
    const name = `recording-${stamp}.${type.endsWith("mp4") ? "mp4" : "webm"}`;
    const file = new File(this.chunks, name, { type });
    const field = document.querySelector(this.field);
    const files = new DataTransfer();
    files.items.add(file);
    field.files = files.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    this.say(fill(this.words.added, { name }));
    this.show("again", "flip");
  }

  close() {
    clearTimeout(this.timer);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".recorder");
  if (data && !root.recorder) root.recorder = new Recorder(root, data);
  return () => root.recorder?.close();
}
