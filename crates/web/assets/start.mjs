// On the pages of people who report: gets the device ready for having no net, and sends what waits.

import { keepSending, refresh } from "./sync.mjs";

const language = document.documentElement.lang;

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js", { type: "module", scope: "/" }).catch(() => {});
}
const begin = async () => {
  await refresh(language);
  await keepSending(language, () => {})();
};
// After the page itself: a slow line shall not wait for this.
if (document.readyState === "complete") begin();
else addEventListener("load", () => setTimeout(begin, 500));
