// Speaks each utterance once. The window stores the last id, since the component is drawn anew many times. A page that
// is opened or reloaded has a session of its own on the server, which has spoken nothing yet: its first words count.
const memory = (window.hingecheckVoice ??= { lastId: 0, audio: null, alert: "", tests: 0 });

function playTones(tones, volume) {
  try {
    memory.audio ??= new AudioContext();
    let start = memory.audio.currentTime;
    for (const [hertz, seconds] of tones) {
      const source = memory.audio.createOscillator();
      const gain = memory.audio.createGain();
      source.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, start);
      gain.gain.exponentialRampToValueAtTime(0.3 * volume, start + seconds / 3);
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

function speak(text, { language, volume }) {
  if (!("speechSynthesis" in window)) return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language;
  utterance.volume = volume;
  utterance.rate = 1.1;
  speechSynthesis.speak(utterance);
}

export default function ({ data, parentElement }) {
  const text = parentElement.querySelector(".spoken");
  if (!data) return;
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
    if (utterance.sound) playTones(data.tones[utterance.sound], data.volume);
    if (utterance.text) speak(utterance.text, data);
  }
  if (data.test.number > memory.tests && data.aloud) {
    text.textContent = data.test.text;
    playTones(data.tones.good, data.volume);
    speak(data.test.text, data);
  }
  memory.tests = data.test.number;
  if (data.alert && data.alert !== memory.alert) {
    text.textContent = data.alert;
    if (data.aloud) {
      playTones(data.tones.fault, data.volume);
      speak(data.alert, data);
    }
  }
  memory.alert = data.alert;
}
