// The report form where a browser has script: files go ahead piece by piece and survive a broken connection, and a little
// computed work shows that no machine pours reports in. Nothing is kept on the device; without script the form works too.
"use strict";

(() => {
  const PIECE = 1024 * 1024;
  const BATCH = 4000;
  const form = document.getElementById("report");
  if (!form) return;
  const token = form.elements.token.value;
  const box = form.querySelector("[data-uploads]");

  // ---- computed work: the SHA-256 of token and number begins with so many zero bits (see zuofang.reporting.forms)

  const ROUND = new Uint32Array(64);
  const START = new Uint32Array(8);
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = Math.sqrt(n) % 1 * 2 ** 32;
    ROUND[found++] = Math.cbrt(n) % 1 * 2 ** 32;
  }

  const words = new Uint32Array(64);
  const turn = (x, by) => (x >>> by) | (x << (32 - by));

  function compress(state, block) {
    for (let i = 0; i < 16; i++) words[i] = block.getUint32(i * 4);
    for (let i = 16; i < 64; i++) {
      const a = words[i - 15], b = words[i - 2];
      words[i] = words[i - 16] + words[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) >>> 0);
  }

  // Token, colon and number are at most 66 bytes: two blocks, of which the first never changes.
  function prepared(text) {
    const bytes = new Uint8Array(128);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return { bytes, view: new DataView(bytes.buffer), length: text.length };
  }

  function zeroBits(prefix, number) {
    const { bytes, view, length } = prefix;
    const digits = String(number);
    for (let i = 0; i < digits.length; i++) bytes[length + i] = digits.charCodeAt(i);
    const end = length + digits.length;
    bytes.fill(0, end);
    bytes[end] = 0x80;
    const blocks = end + 9 > 64 ? 2 : 1;
    view.setUint32(blocks * 64 - 4, end * 8);
    let state = START;
    for (let block = 0; block < blocks; block++) state = compress(state, new DataView(bytes.buffer, block * 64, 64));
    return Math.clz32(state[0]);
  }

  let work = null;
  function worked(bits) {
    const prefix = prepared(`${token}:`);
    let number = 0;
    work = new Promise((finish) => {
      const go = () => {
        for (const until = number + BATCH; number < until; number++) {
          if (zeroBits(prefix, number) >= bits) {
            form.elements.work.value = number;
            return finish();
          }
        }
        setTimeout(go, 0);
      };
      setTimeout(go, 0);
    });
    return work;
  }
  if (form.dataset.bits) worked(Number(form.dataset.bits));

  // ---- files

  const arriving = new Set();

  const tell = (key) => { if (box) box.querySelector("[role=status]").textContent = key ? box.dataset[key] : ""; };
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  const ticketOf = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  async function ask(method, ticket, headers, body) {
    const query = new URLSearchParams(location.search).get("lang");
    const path = `/report/uploads/${ticket}${query ? `?lang=${encodeURIComponent(query)}` : ""}`;
    for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
      try {
        const answer = await fetch(path, { method, headers: { "X-Form": token, ...headers }, body, cache: "no-store" });
        const told = await answer.json();
        tell("");
        if (!answer.ok) throw Object.assign(new Error(), { sentence: told.sentence });
        return told;
      } catch (failure) {
        if (failure.sentence) throw failure;
        tell("broken");
        await pause(wait);
      }
    }
  }

  function line(file) {
    const item = document.createElement("li");
    const state = document.createElement("span");
    const out = document.createElement("button");
    out.type = "button";
    out.className = "button second";
    out.textContent = box.dataset.takeOut;
    item.append(file.name, state, out);
    box.querySelector("ul").append(item);
    return { item, state, out };
  }

  async function send(file) {
    const ticket = ticketOf();
    const { item, state, out } = line(file);
    let gone = false;
    out.addEventListener("click", () => {
      gone = true;
      item.remove();
      ask("DELETE", ticket, {}).catch(() => {});
    });
    try {
      let { received } = await ask("PUT", ticket, { "X-Size": file.size });
      while (!gone && received < file.size) {
        state.textContent = `${Math.floor(received / file.size * 100)}%`;
        ({ received } = await ask("PATCH", ticket, { "X-Start": received }, file.slice(received, received + PIECE)));
      }
      if (gone) return;
      const { remark } = await ask("POST", ticket, {}, file.name);
      state.textContent = remark || box.dataset.done;
    } catch (failure) {
      item.className = "mistake";
      state.textContent = failure.sentence || "";
      out.remove();
    }
  }

  const chosen = form.elements.evidence;
  if (box && chosen) {
    chosen.addEventListener("change", () => {
      for (const file of [...chosen.files]) {
        const one = send(file).finally(() => arriving.delete(one));
        arriving.add(one);
      }
      chosen.value = "";
    });
  }

  form.addEventListener("submit", async (event) => {
    if (!arriving.size && (!form.dataset.bits || form.elements.work.value)) return;
    event.preventDefault();
    tell(arriving.size ? "waiting" : "thinking");
    while (arriving.size) await Promise.all(arriving);
    await work;
    form.submit();
  });
})();
