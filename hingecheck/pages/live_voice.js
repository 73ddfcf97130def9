// Speaks each utterance once. The ids are remembered on the window, since the component is drawn anew many times.
const memory = (window.hingecheckVoice ??= { last: null, audio: null, alert: "" });

function tone(notes) {
  try {
    memory.audio ??= new AudioContext();
    let at = memory.audio.currentTime;
    for (const [hertz, seconds] of notes) {
      const source = memory.audio.createOscillator();
      const gain = memory.audio.createGain();
      source.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, at);
      gain.gain.exponentialRampToValueAtTime(0.3, at + seconds / 3);
      gain.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
      source.connect(gain).connect(memory.audio.destination);
      source.start(at);
      source.stop(at + seconds);
      at += seconds;
    }
  } catch (error) {
    console.warn("no sound:", error);
  }
}

function voice(text, language) {
  if (!("speechSynthesis" in window)) return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  utterance.rate = 1.1;
  speechSynthesis.speak(utterance);
}

export default function ({ data, parentElement }) {
  const shown = parentElement.querySelector(".said");
  if (!data) return;
  // A page that is opened or reloaded in the middle of a set does not say again what was said before.
  if (memory.last === null) memory.last = Math.max(0, ...data.said.map((one) => one.id));
  for (const one of data.said) {
    // Ids that begin anew belong to a new session.
    if (data.said[data.said.length - 1].id < memory.last) memory.last = one.id - 1;
    if (one.id <= memory.last) continue;
    memory.last = one.id;
    if (one.text) {
      shown.textContent = one.text;
      shown.dataset.at = one.at_s;
      shown.dataset.id = one.id;
    }
    if (!data.aloud) continue;
    if (one.sound) tone(data.tones[one.sound]);
    if (one.text) voice(one.text, data.language);
  }
  if (data.alert && data.alert !== memory.alert) {
    shown.textContent = data.alert;
    if (data.aloud) {
      tone(data.tones.fault);
      voice(data.alert, data.language);
    }
  }
  memory.alert = data.alert;
}
