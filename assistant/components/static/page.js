const drawer = (open) => {
  document.body.classList.toggle("drawer-open", open);
  document.querySelector("button[data-drawer]")?.setAttribute("aria-expanded", String(open));
};

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-drawer]")) return drawer(!document.body.classList.contains("drawer-open"));
  if (event.target.closest("[data-shortcuts]")) return document.getElementById("shortcuts").showModal();
  const copy = event.target.closest(".code-copy");
  if (!copy) return;
  const text = copy.closest(".code").querySelector("pre").textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  copy.textContent = "Copied";
  setTimeout(() => (copy.textContent = "Copy"), 1500);
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Escape") drawer(false);
  if (event.key === "?" && !typing && !command) document.getElementById("shortcuts")?.showModal();
  if (command && event.key.toLowerCase() === "k") {
    event.preventDefault();
    location.href = "/search";
  }
  if (command && event.shiftKey && event.key.toLowerCase() === "o") {
    event.preventDefault();
    location.href = "/";
  }
});
