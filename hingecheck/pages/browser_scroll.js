// Scrolls a part of the page into view, once for each `nonce`.
let last = null;

export default function ({ data }) {
  if (!data || data.nonce === last) return;
  last = data.nonce;
  document.querySelector(data.selector)?.scrollIntoView({ behavior: "smooth", block: "center" });
}
