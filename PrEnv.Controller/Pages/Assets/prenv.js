// Keeps the page up to date while somebody looks at it. Everything works without it.
"use strict";
(() => {
  const live = document.getElementById("live");
  const { events } = document.body.dataset;
  let { version } = document.body.dataset;
  let source = null;
  let busy = false;
  let isStale = false;

  const say = (text) => {
    live.hidden = false;
    if (live.textContent !== text) live.textContent = text;
  };

  // As the server writes ages.
  const age = (time) => {
    const seconds = Math.max(0, (Date.now() - time) / 1000);
    if (seconds < 120) return `${Math.floor(seconds)}s`;
    if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
    if (seconds < 172800) return `${Math.floor(seconds / 3600)}h`;
    return `${Math.floor(seconds / 86400)}d`;
  };
  const showAges = () => {
    for (const time of document.querySelectorAll("time[data-age]")) {
      const text = age(Date.parse(time.dateTime));
      if (time.textContent !== text) time.textContent = text;
    }
  };

  // Changes what differs and leaves the rest alone: focus, selection and scroll position stay, and so does what is typed into a form.
  const morph = (old, fresh) => {
    if (old.nodeName === "FORM" && fresh.nodeName === "FORM") return;
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE || old.nodeName !== fresh.nodeName || old.childNodes.length !== fresh.childNodes.length) {
      old.replaceWith(fresh);
      return;
    }
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    const children = [...fresh.childNodes];
    [...old.childNodes].forEach((child, i) => morph(child, children[i]));
  };

  const show = (page) => {
    const [main, fresh] = [document.getElementById("main"), page.getElementById("main")];
    // The login page of a proxy, for example, is none of ours.
    if (!fresh || !page.body.dataset.version) return;
    const active = document.activeElement;
    const place = active && active.id ? `#${CSS.escape(active.id)}`
      : active && active.getAttribute("href") ? `a[href="${CSS.escape(active.getAttribute("href"))}"]` : null;
    morph(main, fresh);
    document.title = page.title;
    if (place && document.activeElement !== active) document.querySelector(place)?.focus({ preventScroll: true });
  };

  const refresh = async () => {
    isStale = true;
    if (busy || document.hidden) return;
    busy = true;
    try {
      while (isStale) {
        isStale = false;
        const answer = await fetch(location.href, { cache: "no-store" });
        show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
    } catch {
      // The next event brings the next attempt.
    } finally {
      busy = false;
    }
  };

  const connect = () => {
    if (source || document.hidden || !events) return;
    source = new EventSource(`${events}?since=${encodeURIComponent(version)}`);
    source.addEventListener("open", () => say("Live"));
    source.addEventListener("error", () => say(source && source.readyState === EventSource.CONNECTING ? "Reconnecting" : "Not live"));
    source.addEventListener("change", (event) => {
      version = event.data;
      refresh();
    });
  };
  const disconnect = () => {
    source?.close();
    source = null;
  };

  // A browser has six connections to a host, and a tab that nobody sees needs none.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect();
    else connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  setInterval(showAges, 10000);
  connect();
})();
