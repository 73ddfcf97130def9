// Follows a link of the page one time for each `once`; the window remembers which. The link may be drawn a moment later.
const memory = (window.hingecheckFollowed ??= new Set());
const AGAIN_MS = 250;

function follow({ selector, once }, looks) {
  const link = document.querySelector(selector);
  if (memory.has(once)) return;
  if (link) {
    memory.add(once);
    link.click();
  } else if (looks > 0) setTimeout(follow, AGAIN_MS, { selector, once }, looks - 1);
}

export default function ({ data }) {
  if (data) follow(data, 20);
}
