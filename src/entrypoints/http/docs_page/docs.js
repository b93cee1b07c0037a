// The API's description as a page, from the very document that clients are made from; requests go to this host.
// Whatever comes from the document or from an answer becomes text, never markup.

const state = { token: null, document: null };
const byId = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function resolved(schema) {
  let found = schema ?? {};
  while (found.$ref) found = found.$ref.slice(2).split("/").reduce((piece, step) => piece[step], state.document);
  return found;
}

function kindOf(schema) {
  const found = resolved(schema);
  if (schema?.$ref && !found.enum) return schema.$ref.split("/").pop();
  if (found.enum) return found.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (found.anyOf) return found.anyOf.map(kindOf).join(" | ");
  if (found.type === "array") return `[${kindOf(found.items)}]`;
  return found.format ? `${found.type} (${found.format})` : (found.type ?? "anything");
}

// The shape of a schema in lines; a type inside itself is named and not opened again.
function shapeOf(schema, indent = "", open = []) {
  const found = resolved(schema);
  const name = schema?.$ref;
  if (found.anyOf) return found.anyOf.map((choice) => shapeOf(choice, indent, open)).join(" | ");
  if (found.type === "array") return `[${shapeOf(found.items, indent, open)}]`;
  if (!found.properties || open.includes(name)) return kindOf(schema);
  const required = new Set(found.required ?? []);
  const lines = Object.entries(found.properties).map(([key, value]) => {
    const mark = required.has(key) ? "" : "?";
    return `${indent}  ${key}${mark}: ${shapeOf(value, `${indent}  `, [...open, name])}`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

// A body to begin with where there is no example: what is required, empty.
function draftOf(schema) {
  const found = resolved(schema);
  if (found.examples?.length) return found.examples[0];
  if (found.enum) return found.enum[0];
  if (found.anyOf) return draftOf(found.anyOf[0]);
  if (found.type === "array") return [];
  if (found.type === "boolean") return false;
  if (found.type === "integer" || found.type === "number") return found.minimum ?? 0;
  if (found.type !== "object") return "";
  const required = found.required ?? [];
  return Object.fromEntries(required.map((key) => [key, draftOf(found.properties[key])]));
}

function parameterRow(parameter) {
  const field = element("input", { placeholder: kindOf(parameter.schema), required: parameter.in === "path" });
  field.setAttribute("aria-label", parameter.name);
  const about = [parameter.in, parameter.required ? "required" : "", parameter.description ?? ""].filter(Boolean);
  const cells = [element("code", { textContent: parameter.name }), about.join(" · "), field];
  return { parameter, field, row: element("tr", {}, ...cells.map((cell) => element("td", {}, cell))) };
}

async function send(method, path, rows, body) {
  const query = new URLSearchParams();
  const headers = new Headers({ Accept: "application/json, */*" });
  let address = path;
  for (const { parameter, field } of rows) {
    if (field.value === "") continue;
    if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(field.value));
    if (parameter.in === "query") query.set(parameter.name, field.value);
    if (parameter.in === "header") headers.set(parameter.name, field.value);
  }
  if (state.token) headers.set("Authorization", `Bearer ${state.token}`);
  if (typeof body === "string") headers.set("Content-Type", "application/json");
  const answer = await fetch(query.size ? `${address}?${query}` : address, { method, headers, body });
  const text = await answer.text();
  let shown = text;
  if ((answer.headers.get("content-type") ?? "").includes("json")) shown = JSON.stringify(JSON.parse(text), null, 2);
  return `${answer.status} ${answer.statusText}\n\n${shown}`;
}

function formOf(operation) {
  const content = operation.requestBody?.content ?? {};
  if (content["application/json"]) {
    const { example, schema } = content["application/json"];
    const draft = JSON.stringify(example ?? draftOf(schema), null, 2);
    const text = element("textarea", { value: draft, spellcheck: false });
    text.setAttribute("aria-label", "Body");
    return { nodes: [element("h4", { textContent: "Body" }), text], read: () => text.value };
  }
  const form = content["multipart/form-data"];
  if (!form) return { nodes: [], read: () => undefined };
  const fields = Object.entries(resolved(form.schema).properties ?? {}).map(([name, schema]) => {
    const isFile = schema.format === "binary" || "contentMediaType" in schema || name === "file";
    return element("input", { name, type: isFile ? "file" : "text", placeholder: name, ariaLabel: name });
  });
  const read = () => {
    const data = new FormData();
    for (const field of fields) {
      if (field.type === "file") for (const file of field.files) data.append(field.name, file);
      else if (field.value !== "") data.append(field.name, field.value);
    }
    return data;
  };
  return { nodes: [element("h4", { textContent: "Form" }), ...fields], read };
}

function bodyOf(method, path, operation) {
  const rows = (operation.parameters ?? []).map(parameterRow);
  const form = formOf(operation);
  const output = element("pre", { hidden: true });
  output.setAttribute("aria-live", "polite");
  const button = element("button", { type: "button", textContent: "Send" });
  button.addEventListener("click", async () => {
    button.disabled = true;
    output.hidden = false;
    output.textContent = "…";
    output.textContent = await send(method, path, rows, form.read()).catch((error) => String(error));
    button.disabled = false;
  });
  const parts = [element("p", { className: "text", textContent: operation.description ?? "" })];
  if (rows.length) parts.push(element("table", {}, ...rows.map(({ row }) => row)));
  parts.push(...form.nodes, element("p", {}, button), output, element("h4", { textContent: "Answers" }));
  for (const [status, response] of Object.entries(operation.responses)) {
    const [kind, media] = Object.entries(response.content ?? {})[0] ?? ["", null];
    const heading = `${status} ${response.description ?? ""} ${kind}`.trim();
    if (Number(status) >= 400 || !media) {
      const codes = Object.keys(media?.examples ?? {}).join(", ");
      parts.push(element("p", { textContent: codes ? `${heading}: ${codes}` : heading }));
    } else {
      parts.push(element("p", { textContent: heading }), element("pre", { textContent: shapeOf(media.schema) }));
      if ("example" in media) {
        const shown = element("pre", { textContent: JSON.stringify(media.example, null, 2) });
        parts.push(element("details", {}, element("summary", { textContent: "Example" }), shown));
      }
    }
  }
  return element("div", {}, ...parts);
}

function operationOf(method, path, operation) {
  const summary = element(
    "summary",
    {},
    element("span", { className: "method", textContent: method }),
    element("code", { textContent: path }),
    ` ${operation.summary ?? ""}${operation.security?.length ? "" : " (public)"}`,
  );
  const details = element("details", { className: "operation", id: operation.operationId }, summary);
  details.dataset.words = `${method} ${path} ${operation.summary} ${operation.operationId}`.toLowerCase();
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(bodyOf(method, path, operation));
  });
  return details;
}

function show() {
  const { info, paths } = state.document;
  document.title = byId("title").textContent = `${info.title} ${info.version}`;
  byId("about").textContent = info.description ?? "";
  const sections = new Map();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const tag = operation.tags?.[0] ?? "other";
      if (!sections.has(tag)) sections.set(tag, element("section", {}, element("h2", { textContent: tag })));
      sections.get(tag).append(operationOf(method.toUpperCase(), path, operation));
    }
  }
  byId("operations").replaceChildren(...sections.values());
  const named = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
  if (named) named.open = true;
}

byId("filter").addEventListener("input", ({ target }) => {
  const words = target.value.toLowerCase().split(/\s+/);
  for (const section of document.querySelectorAll("section")) {
    const operations = [...section.querySelectorAll("details.operation")];
    for (const one of operations) one.hidden = !words.every((word) => one.dataset.words.includes(word));
    section.hidden = operations.every((one) => one.hidden);
  }
});

byId("session").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ email: byId("email").value, password: byId("password").value });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/api/users/auth/login/", { method: "POST", headers, body });
  const said = await answer.json();
  // Kept in this page alone, and gone with it.
  state.token = answer.ok ? said.tokens.access : null;
  byId("who").textContent = answer.ok ? `${said.user.email} (${said.user.role})` : said.detail;
  byId("password").value = "";
});

fetch("/api/openapi.json")
  .then((answer) => answer.json())
  .then((found) => {
    state.document = found;
    show();
  })
  .catch((error) => {
    byId("operations").textContent = `The description could not be read: ${error}`;
  });
