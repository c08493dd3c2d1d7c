// Builds the elements of one turn. Whatever a person or a law wrote becomes a text node: nothing here parses HTML.

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

// `paralegal fetch` within a sentence is a command; everything else stays as it was written.
function prose(line) {
  return line.split("`").map((part, index) => index % 2 ? element("code", {}, part) : part);
}

export function turnElement(turn, { choose, copy, rate }) {
  const { number, question, reply } = turn;
  const headline = `respuesta-${number}`;
  return element("article", { class: "turn", "aria-labelledby": `pregunta-${number}` },
    askedElement(question, `pregunta-${number}`),
    element("section", { class: `reply sheet is-${reply.outcome}`, "aria-labelledby": headline },
      element("h3", { class: "headline", id: headline, tabindex: "-1" }, reply.headline),
      reply.demonstration ? element("p", { class: "banner", role: "note" }, ...prose(reply.demonstration)) : null,
      ...reply.opening.map(line => element("p", {}, ...prose(line))),
      claimsElement(reply),
      reply.help ? element("p", { class: "help" }, ...prose(reply.help)) : null,
      reply.choices.length ? choicesElement(reply.choices, choose) : null,
      ...sourcesElements("Fundamento", reply.citations, number, source => quoteElement(source, number)),
      ...sourcesElements(sourcesTitle(reply), reply.sources, number, source => passageElement(source, reply.outcome === "sources")),
      verdictsElement(reply.verdicts ?? []),
      reply.notAdvice ? element("p", { class: "closing" }, reply.notAdvice) : null,
      reply.outcome === "clarify" ? null : actionsElement(turn, copy, rate)));
}

// The reply to a command: it cites no law and is gone after a reload.
export function noteElement({ question, text, choices }, { choose }) {
  return element("article", { class: "turn" },
    askedElement(question),
    element("section", { class: "reply sheet is-note" },
      ...text.split("\n\n").map(paragraph => element("p", { class: "asked-text" }, paragraph)),
      choices.length ? choicesElement(choices, choose) : null));
}

function actionsElement({ reply, copy: words }, copy, rate) {
  const cites = reply.citations.length + reply.sources.length > 0;
  return element("div", { class: "actions" },
    element("button", { type: "button", class: "quiet", onclick: () => copy(words) }, cites ? "Copiar con citas" : "Copiar"),
    element("a", { href: `/chat/respuestas/${encodeURIComponent(reply.id)}.docx`, download: "" }, "Descargar DOCX"),
    ...[["Útil", true], ["No útil", false]].map(([words, liked]) => element("button", { type: "button", class: "quiet", "aria-pressed": "false", onclick: event => rate(reply.id, liked, event.currentTarget) }, words)));
}

export function askedElement(question, id = null) {
  return element("div", { class: "asked" },
    element("h2", { id }, element("span", { class: "visually-hidden" }, "Usted preguntó: "), question));
}

function claimsElement(reply) {
  if (reply.claims.length === 0) return null;
  return element("ol", { class: "claims" }, ...reply.claims.map(claim =>
    element("li", {}, claim.text, ...claim.citations.flatMap(number => [" ", citeLink(reply.citations[number - 1])]))));
}

function citeLink(source) {
  return element("a", { class: "cite", href: source.url, "aria-label": `Cita ${source.number}: ${source.printed}` }, `[${source.number}]`);
}

function sourcesTitle(reply) {
  if (reply.outcome === "sources") return "Artículos";
  return reply.outcome === "cited" ? "También puede leer" : "Artículos cercanos";
}

function sourcesElements(title, sources, number, build) {
  if (sources.length === 0) return [];
  return [element("h4", {}, title), element("div", { class: "sources" }, ...sources.map(build))];
}

function quoteElement(source) {
  return element("figure", { class: "source" },
    element("figcaption", {},
      element("span", { class: "number", "aria-hidden": "true" }, `[${source.number}]`),
      element("a", { href: source.url }, source.printed), " ",
      element("span", { class: "law-title" }, source.lawTitle)),
    wordsElement(source), currencyElement(source));
}

function passageElement(source, open) {
  return element("details", { class: "source", open: open ? "" : null },
    element("summary", {}, element("a", { href: source.url }, source.printed), " ", element("span", { class: "law-title" }, source.lawTitle)),
    wordsElement(source), currencyElement(source));
}

// Only an official text is a quotation.
function wordsElement(source) {
  return element(source.official ? "blockquote" : "p", { class: source.official ? null : "synopsis", lang: "es" }, source.quoted);
}

function currencyElement(source) {
  return source.currency ? element("p", { class: "currency" }, source.currency) : null;
}

// How each claim was checked, folded away: most people only want to know that it was.
function verdictsElement(verdicts) {
  if (verdicts.length === 0) return null;
  const dropped = verdicts.filter(verdict => !verdict.proved).length;
  const summary = dropped === 0 ? "Cómo se comprobó" : `Cómo se comprobó (${dropped === 1 ? "una afirmación descartada" : `${dropped} afirmaciones descartadas`})`;
  return element("details", { class: "verdicts" },
    element("summary", {}, summary),
    element("ol", {}, ...verdicts.map(verdict => element("li", {}, verdict.proved
      ? "Comprobada: cifras, negaciones, condiciones, partes y sustento concuerdan con las oraciones citadas."
      : `Descartada. ${verdict.check}, en «${verdict.words}»: ${verdict.explanation}`))));
}

function choicesElement(choices, choose) {
  return element("div", { class: "choices", role: "group", "aria-label": "Opciones" },
    ...choices.map(choice => element("button", { type: "button", class: "choice", onclick: () => choose(choice) }, choice)));
}
