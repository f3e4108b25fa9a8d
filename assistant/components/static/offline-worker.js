// Without the server one page answers, which holds nothing of anybody.
const PAGE = "/offline";
async function ask(request) {
  const answer = await fetch(request).catch(() => null);
  // Proxies answer so for a server that is away.
  return [undefined, 502, 504].includes(answer?.status) ? caches.match(PAGE) : answer;
}
const load = async () => (await caches.open(PAGE)).add(PAGE);
addEventListener("install", (event) => event.waitUntil(load().then(skipWaiting)));
addEventListener("fetch", (event) => event.request.mode === "navigate" && event.respondWith(ask(event.request)));
