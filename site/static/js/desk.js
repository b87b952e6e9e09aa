// What the desks do with a script where there is one: passkeys, which need it, and judging results while they are typed.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function post(box, path, content) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Form": box.dataset.form },
    body: JSON.stringify(content),
  });
  return answer.headers.get("Content-Type")?.startsWith("application/json") ? answer.json() : {};
}

const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function make(asked) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return answerOf(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) });
}

async function prove(asked) {
  const proof = await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = proof.response;
  return answerOf(proof, {
    clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature),
    userHandle: userHandle && text(userHandle),
  });
}

const answerOf = (one, response) => ({ id: one.id, rawId: text(one.rawId), type: one.type, response });

for (const box of document.querySelectorAll("[data-passkey]")) {
  const said = document.querySelector("[data-said]");
  box.querySelector("button").addEventListener("click", async () => {
    said.textContent = "";
    try {
      const asked = await post(box, box.dataset.ask, {});
      const answer = await (box.dataset.passkey === "add" ? make(asked) : prove(asked));
      const label = box.querySelector("[name=label]")?.value;
      const told = await post(box, box.dataset.send, label === undefined ? answer : { ...answer, label });
      if (told.go) location.assign(told.go);
      else said.textContent = told.sentence || box.dataset.failed;
    } catch {
      said.textContent = box.dataset.failed;
    }
  });
}

// A result is judged half a second after the last key, by the same evaluator that judges it when it is sent.
for (const sheet of document.querySelectorAll("[data-judge]")) {
  const waiting = new Map();
  sheet.addEventListener("input", ({ target }) => {
    clearTimeout(waiting.get(target.id));
    waiting.set(target.id, setTimeout(() => judge(sheet, target).catch(() => {}), 500));
  });
}

async function judge(sheet, field) {
  const address = new URL(sheet.dataset.judge, location.href);
  address.searchParams.set("field", field.name);
  address.searchParams.set("typed", field.value);
  const { mark, why } = await (await fetch(address)).json();
  const cell = document.getElementById(`${field.id}-mark`);
  cell.replaceChildren();
  if (!mark) return;
  const word = document.createElement(mark === "failed" ? "strong" : "span");
  word.className = { passed: "released", failed: "stop", undecided: "unknown" }[mark] || "";
  word.textContent = sheet.dataset[mark];
  const said = document.createElement("span");
  said.className = "why quiet small";
  said.textContent = why;
  cell.append(word, said);
}

// Long work says every two seconds how far it has come; once it has ended, the page is loaded to say how.
for (const box of document.querySelectorAll("[data-follow]")) {
  const [said, share, bar] = ["[data-said]", "[data-share]", "progress"].map((name) => box.querySelector(name));
  const timer = setInterval(async () => {
    const told = await fetch(box.dataset.follow).then((answer) => answer.json()).catch(() => null);
    if (!told) return;
    said.textContent = told.said;
    share.textContent = `${Math.round(told.share * 100)}%`;
    bar.value = told.share;
    if (!told.moving) {
      clearInterval(timer);
      location.replace(location.pathname + location.search);
    }
  }, 2000);
}
