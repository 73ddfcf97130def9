// Asks whether the login still lasts, and leaves the page when it has ended, so that nothing of it stays in view.
const EVERY_MS = 15000;
let timer = null;

async function ask() {
  try {
    const answer = await fetch("/session", { cache: "no-store" });
    if (answer.status === 401) window.location.replace("/login");
  } catch {
    // The server is away: its pages say so themselves.
  }
}

export default function () {
  timer ??= setInterval(ask, EVERY_MS);
}
