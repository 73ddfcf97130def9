// Speaks each utterance once. The window stores the last id, since the component is drawn anew many times.
const memory = (window.hingecheckVoice ??= { lastId: null, audio: null, alert: "" });

function playTones(tones) {
  try {
    memory.audio ??= new AudioContext();
    let start = memory.audio.currentTime;
    for (const [hertz, seconds] of tones) {
      const source = memory.audio.createOscillator();
      const gain = memory.audio.createGain();
      source.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, start);
      gain.gain.exponentialRampToValueAtTime(0.3, start + seconds / 3);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
      source.connect(gain).connect(memory.audio.destination);
      source.start(start);
      source.stop(start + seconds);
      start += seconds;
    }
  } catch (error) {
    console.warn("no sound:", error);
  }
}

function speak(text, language) {
  if (!("speechSynthesis" in window)) return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  utterance.rate = 1.1;
  speechSynthesis.speak(utterance);
}

export default function ({ data, parentElement }) {
  const text = parentElement.querySelector(".spoken");
  if (!data) return;
  // A page that is opened or reloaded in the middle of a set does not repeat what was spoken before.
  if (memory.lastId === null) memory.lastId = Math.max(0, ...data.utterances.map(({ id }) => id));
  for (const utterance of data.utterances) {
    // Ids that start again belong to a new session.
    if (data.utterances[data.utterances.length - 1].id < memory.lastId) memory.lastId = utterance.id - 1;
    if (utterance.id <= memory.lastId) continue;
    memory.lastId = utterance.id;
    if (utterance.text) {
      text.textContent = utterance.text;
      text.dataset.at = utterance.at_s;
      text.dataset.id = utterance.id;
    }
    if (!data.aloud) continue;
    if (utterance.sound) playTones(data.tones[utterance.sound]);
    if (utterance.text) speak(utterance.text, data.language);
  }
  if (data.alert && data.alert !== memory.alert) {
    text.textContent = data.alert;
    if (data.aloud) {
      playTones(data.tones.fault);
      speak(data.alert, data.language);
    }
  }
  memory.alert = data.alert;
}
