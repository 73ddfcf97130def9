// Follows a link of the page once for each `key`; the window stores the keys. The link may be drawn a little later.
const memory = (window.hingecheckFollowed ??= new Set());
const RETRY_MS = 250;

function follow({ selector, key }, retries) {
  const link = document.querySelector(selector);
  if (memory.has(key)) return;
  if (link) {
    memory.add(key);
    link.click();
  } else if (retries > 0) setTimeout(follow, RETRY_MS, { selector, key }, retries - 1);
}

export default function ({ data }) {
  if (data) follow(data, 20);
}
