// Follows a link of the page one time for each `once`; the window remembers which.
const memory = (window.hingecheckFollowed ??= new Set());

export default function ({ data }) {
  const link = data && document.querySelector(data.selector);
  if (!link || memory.has(data.once)) return;
  memory.add(data.once);
  link.click();
}
