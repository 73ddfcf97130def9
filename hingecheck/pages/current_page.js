// Marks the link of the page that is shown, again whenever Streamlit draws the menu anew, and says the page's language.
const LINKS = "[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]";

function mark() {
  for (const link of document.querySelectorAll(LINKS)) {
    const current = link.pathname === location.pathname;
    if (current && link.getAttribute("aria-current") !== "page") link.setAttribute("aria-current", "page");
    if (!current && link.hasAttribute("aria-current")) link.removeAttribute("aria-current");
  }
}

export default function ({ data }) {
  if (data?.language) document.documentElement.lang = data.language;
  mark();
  window.hingecheckMarks ??= new MutationObserver(mark);
  window.hingecheckMarks.observe(document.querySelector("[data-testid=stApp]") ?? document.body,
                                 { childList: true, subtree: true });
}
