// Moves a video to a time, exactly, and scrolls it into view; once for each `nonce`.
let last = null;

export default function ({ data }) {
  if (!data || data.nonce === last) return;
  const video = document.querySelector(data.selector);
  if (!video) return;
  last = data.nonce;
  const jump = () => { video.pause(); video.currentTime = data.at_s; };
  if (video.readyState >= 1) jump(); else video.addEventListener("loadedmetadata", jump, { once: true });
  video.scrollIntoView({ behavior: "smooth", block: "center" });
}
