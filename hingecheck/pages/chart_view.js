// Shows a chart in two sizes, of which the style sheet displays one, and reports where on its axis it is clicked.
function position(event, svg, { box, x_range: [low, high] }) {
  const rect = svg.getBoundingClientRect();
  const share = ((event.clientX - rect.left) / rect.width - box.left) / box.width;
  return low + Math.min(Math.max(share, 0), 1) * (high - low);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const charts = parentElement.querySelector(".charts");
  charts.innerHTML = data.charts.map((chart) => chart.svg).join("");
  data.charts.forEach((chart, index) => {
    const svg = charts.children[index];
    svg.onclick = (event) => setTriggerValue("clicked", position(event, svg, chart));
  });
}
