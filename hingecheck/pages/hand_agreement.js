// How angles by hand agree: a plot with its sentence for each quantity.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".panel");
  if (!data) return;
  root.replaceChildren(...data.figures.map(({ title, plot, text }) => {
    const figure = document.createElement("figure");
    figure.className = "trails";
    figure.innerHTML = `<figcaption><strong></strong></figcaption>${plot}<p></p>`;
    figure.querySelector("strong").textContent = title;
    figure.querySelector("p").textContent = text;
    return figure;
  }));
}
