// The conversation of the page: asks, shows progress, keeps the focus where a keyboard or a screen reader expects it.
import { askedElement, element, noteElement, turnElement } from "./reply.js";

const log = document.getElementById("conversacion");
const form = document.getElementById("pregunta");
const text = document.getElementById("texto");
const send = document.getElementById("enviar");
const progress = document.getElementById("avance");
const again = document.getElementById("nueva");
const welcome = document.querySelector(".welcome");
const examples = document.getElementById("ejemplos");
const unanswered = "paralegal-sin-respuesta";
let busy = false;

const turnActions = { choose: ask, copy: copyText, rate };

function say(message, state = "") {
  progress.className = `progress ${state}`;
  progress.textContent = message;
}

function showConversation(started) {
  again.hidden = !started;
  examples.hidden = started;
}

async function ask(question) {
  if (busy || !question.trim()) return;
  busy = true;
  send.setAttribute("aria-disabled", "true");
  sessionStorage.setItem(unanswered, question);
  const pending = element("article", { class: "turn" }, askedElement(question.trim()));
  log.append(pending);
  showConversation(true);
  text.value = "";
  text.focus();
  pending.scrollIntoView({ block: "start" });
  say("Leyendo su pregunta…", "working");
  try {
    const { turn, note } = await answerTo(question);
    const shown = turn ? turnElement(turn, turnActions) : noteElement(note, turnActions);
    if (note?.forgotten) log.replaceChildren(pending);
    pending.replaceWith(shown);
    shown.scrollIntoView({ block: "start" });
    sessionStorage.removeItem(unanswered);
    say("");
  } catch (error) {
    pending.remove();
    showConversation(log.childElementCount > 0);
    text.value = question;
    say(error instanceof Failure ? error.message : "No hay conexión con el servidor. Su pregunta sigue aquí: vuelva a enviarla.", "failed");
  } finally {
    busy = false;
    send.removeAttribute("aria-disabled");
  }
}

class Failure extends Error {}

async function answerTo(question) {
  const response = await fetch("/chat/mensajes", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text: question, state: form.elements.state.value || null, asOf: form.elements.asOf.value || null }),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Failure(problem?.detail ?? "El servidor no pudo atender la pregunta. Vuelva a intentarlo.");
  }
  for await (const event of events(response.body)) {
    if (event.turn || event.note) return event;
    if (event.problem) throw new Failure(event.problem);
    if (event.progress) say(event.progress, "working");
  }
  throw new Error("The stream ended without an answer.");
}

// Server-sent events of a POST, which EventSource cannot read.
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").filter(line => line.startsWith("data:")).map(line => line.slice(5).trimStart()).join("\n");
      if (data) yield JSON.parse(data);
    }
  }
}

async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    say("Respuesta copiada con sus citas.");
  } catch {
    say("El navegador no permitió copiar. Use «Descargar DOCX».", "failed");
  }
}

async function rate(answer, liked, button) {
  const response = await fetch(`/chat/respuestas/${encodeURIComponent(answer)}/valoracion`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ liked }),
  }).catch(() => null);
  if (!response?.ok) return say("No se pudo guardar su valoración. Vuelva a intentarlo.", "failed");
  for (const other of button.parentElement.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", String(other === button));
  say("Gracias por su valoración.");
}

async function restore() {
  const response = await fetch("/chat/conversacion");
  const turns = response.ok ? await response.json() : [];
  log.setAttribute("aria-live", "off"); // what was read before is not read out again
  log.append(...turns.map(turn => turnElement(turn, turnActions)));
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  showConversation(turns.length > 0);
  const left = sessionStorage.getItem(unanswered);
  if (left && turns.at(-1)?.question !== left.trim()) {
    text.value = left;
    say("Su última pregunta quedó sin respuesta; puede enviarla de nuevo.");
  } else if (turns.length > 0) log.lastElementChild.scrollIntoView({ block: "start", behavior: "instant" });
  sessionStorage.removeItem(unanswered);
}

form.addEventListener("submit", event => {
  event.preventDefault();
  ask(text.value);
});

text.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

examples.addEventListener("click", event => {
  const example = event.target.closest(".example");
  if (example) ask(example.textContent);
});

again.addEventListener("click", async () => {
  if (busy) return;
  const response = await fetch("/chat/conversacion", { method: "DELETE" });
  if (!response.ok) return say("No se pudo borrar la conversación. Vuelva a intentarlo.", "failed");
  log.replaceChildren();
  showConversation(false);
  say("Empezó una conversación nueva; la anterior se borró.");
  welcome.scrollIntoView({ block: "start" });
  text.focus();
});

await restore();
document.documentElement.dataset.ready = "true";
