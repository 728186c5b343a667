// The page for marking: one question, all its answers, one decision after the other.
//
// Nothing that anybody wrote becomes HTML here: elements are made one by one from a list of known
// ones. Decisions wait in an outbox until the server has them, also when it is away for a while.

const root = document.documentElement;
const {base, assignment} = root.dataset;
const $ = id => document.getElementById(id);
const AHEAD = 8; // answers that are fetched before they are needed
const ROWS_AT_ONCE = 50;
const AT_ONCE = 40; // answers that the server sends at once
const CLAIM = 6; // answers that are kept for this window at once
const BEAT = 30_000;

/** A name that no other window or action has. (crypto.randomUUID is only there with HTTPS.) */
const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(5)), one => one.toString(36))
  .join("-");

const page = {
  task: "", question: null, grader: "", second: false,
  answers: new Map(), order: [], rows: new Map(), trees: new Map(), groupOf: new Map(),
  listed: [], filter: "all", found: null, current: "", choice: null, queue: [], others: {},
  sureOfNothing: "", keysOn: true, started: false, window: fresh(),
};

// ---- Elements ----------------------------------------------------------------------------------

const HTML = new Set(("b blockquote br code del div dd dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li " +
  "mark ol p pre s small span strong sub sup table tbody td tfoot th thead tr u ul").split(" "));
const MATHML = new Set(("math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot " +
  "mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover").split(" "));
const ATTRIBUTES = new Set(("alt colspan rowspan accent columnalign display displaystyle fence " +
  "form linethickness lspace maxsize minsize movablelimits rspace separator stretchy width")
  .split(" "));
const PICTURE = /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/;
const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** A tree of the server's as nodes; what is not known is left out. */
function built(tree) {
  if (typeof tree === "string") return document.createTextNode(tree);
  const [tag, attributes, children] = tree;
  const isMath = MATHML.has(tag);
  if (!isMath && !HTML.has(tag)) return document.createTextNode("");
  // A heading of a student's is none of the page's.
  const name = HEADINGS.has(tag) ? "p" : tag;
  const node = isMath
    ? document.createElementNS("http://www.w3.org/1998/Math/MathML", tag)
    : document.createElement(name);
  if (name !== tag) node.className = "heading";
  for (const [key, value] of Object.entries(attributes)) {
    if (tag === "img" && key === "src") {
      if (PICTURE.test(value)) node.src = value;
    } else if (ATTRIBUTES.has(key)) {
      node.setAttribute(key, value);
    }
  }
  if (tag === "img" && !node.alt) node.alt = "picture in the answer";
  for (const child of children) node.append(built(child));
  return node;
}

/** A new element. Properties are set as they are named; what begins with - is an attribute. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("-")) node.setAttribute(name.slice(1), value);
    else node[name] = value;
  }
  node.append(...children.filter(one => one !== null));
  return node;
}

const points = value => String(Math.round(value * 10000) / 10000);
const signed = value => (value < 0 ? "−" : "+") + points(Math.abs(value));
const many = (count, one, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

function say(text) {
  $("said").textContent = text;
}

function notice(text, label = "", act = null) {
  const close = make("button", {type: "button", textContent: "Close"});
  close.onclick = () => { $("notice").hidden = true; };
  const button = act && make("button", {type: "button", textContent: label});
  if (button) button.onclick = () => { $("notice").hidden = true; act(); };
  $("notice").replaceChildren(make("span", {textContent: text}), button ?? "", close);
  $("notice").hidden = false;
  $("notice").dataset.kind = "";
}

// ---- The server --------------------------------------------------------------------------------

class Refused extends Error {
  constructor(status, values) {
    super(values.message ?? `The server answered ${status}.`);
    this.status = status;
    this.values = values;
  }
}

function xsrf() {
  return document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/)?.[1] ?? root.dataset.xsrf;
}

async function ask(path, body = null, query = {}) {
  const url = new URL(`${base}/api/${assignment}/${path}`, location.origin);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const named = localStorage.getItem("marking-name") ?? "";
  const options = {headers: {"X-XSRFToken": xsrf()}, credentials: "same-origin"};
  if (body === null) {
    if (named) url.searchParams.set("grader", named);
  } else {
    options.method = "POST";
    options.keepalive = body.keys?.length === 0; // also while the page is left
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify({...body, grader: body.grader ?? named});
  }
  const reply = await fetch(url, options);
  let values = {};
  try {
    values = await reply.json();
  } catch {
    if (reply.ok) throw new TypeError("the answer was cut off");
  }
  if (!reply.ok) throw new Refused(reply.status, values);
  return values;
}

const within = (what, body, query) => ask(`${what}/${page.task}`, body, query);

// ---- The outbox --------------------------------------------------------------------------------

/** What is to be written, in its order. It outlives the page: each action has a name, and the
 *  server does an action once, however often it hears of it. */
const outbox = {
  place: `marking-outbox ${base} ${assignment}`,
  entries: [],
  busy: false,

  load() {
    // Of a window that was closed or has crashed; another open window may send them as well.
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(this.place)) continue;
      try {
        const left = JSON.parse(localStorage.getItem(name));
        this.entries.push(...left.filter(one => one.body.action || one.what === "second"));
      } catch { /* nothing that can be read */ }
      localStorage.removeItem(name);
    }
    this.keep();
    if (this.entries.length) this.send();
  },

  keep() {
    const name = `${this.place} ${page.window}`;
    try {
      if (this.entries.length) localStorage.setItem(name, JSON.stringify(this.entries));
      else localStorage.removeItem(name);
    } catch { /* the browser's store is full: they are sent all the same */ }
  },

  add(what, body) {
    const grader = localStorage.getItem("marking-name") ?? "";
    this.entries.push({what, task: page.task, body: {...body, grader}});
    this.keep();
    this.show();
    this.send();
  },

  show(trouble = "") {
    const line = $("saving");
    line.classList.toggle("trouble", Boolean(trouble));
    const waiting = this.entries.length;
    line.textContent = trouble || (waiting ? `Saving ${waiting} …` : "All saved.");
  },

  async send() {
    if (this.busy) return;
    this.busy = true;
    for (let wait = 300; this.entries.length;) {
      const entry = this.entries[0];
      try {
        const values = await ask(`${entry.what}/${entry.task}`, entry.body);
        this.entries.shift();
        this.tell(entry.task, values.states ?? []);
        this.keep();
        wait = 300;
        arrived(entry, values);
        this.show();
      } catch (error) {
        if (error instanceof Refused && error.status < 500 && error.status !== 403) {
          this.entries.shift();
          this.keep();
          refused(entry, error);
          this.show();
          continue;
        }
        const why = error instanceof Refused && error.status !== 403
          ? error.message : error instanceof Refused
            ? "you are logged out: log in again in another tab" : "the server does not answer";
        this.show(`${many(this.entries.length, "decision")} not saved yet: ${why}. ` +
          "Trying again; do not close the page.");
        await new Promise(done => setTimeout(done, wait));
        wait = Math.min(wait * 2, 5_000);
      }
    }
    this.busy = false;
  },

  /** What an entry that waited for the one before it can only now know. */
  tell(task, states) {
    const versions = new Map(states.map(one => [one.key, one.version]));
    for (const {body} of this.entries.filter(one => one.task === task)) {
      for (const [key, version] of Object.entries(body.seen ?? {})) {
        if (version === "") body.seen[key] = versions.get(key) ?? "";
      }
    }
  },
};

function arrived(entry, values) {
  if (entry.task !== page.task) return;
  if (values.rubric) takeRubric(values.rubric);
  for (const state of values.states ?? []) take(state);
  if (entry.what === "undo" && values.states?.length) {
    say(`Undone: ${many(values.states.length, "answer")}.`);
    go(values.states[0].key);
  }
  progress();
}

function refused(entry, error) {
  if (entry.task !== page.task) {
    notice(`A decision on ${entry.task} was not saved: ${error.message}`);
    return;
  }
  for (const state of error.values.states ?? []) take(state);
  const keys = Object.keys(entry.body.seen ?? {});
  for (const key of keys) {
    const answer = page.answers.get(key);
    if (answer?.pending && !error.values.keys?.includes(key)) Object.assign(answer, answer.pending);
    if (answer) {
      delete answer.pending;
      answer.draft = {...entry.body};
      showRow(key);
    }
  }
  const key = error.values.keys?.[0] ?? keys[0];
  const what = key ? `Answer ${page.answers.get(key)?.n ?? ""} was not saved` : "Not done";
  notice(`${what}: ${error.message}`, "Look at it", key ? () => go(key) : () => load(page.task));
  if (error.status === 409 && !error.values.keys?.length) load(page.task, page.current);
  progress();
}

// ---- The question ------------------------------------------------------------------------------

async function start() {
  page.keysOn = localStorage.getItem("marking-keys") !== "off";
  showKeys();
  const values = await ask("overview");
  page.grader = values.grader;
  $("name").value = values.grader;
  $("name").readOnly = !/^Anonymous/.test(values.grader) && !localStorage.getItem("marking-name");
  showQuestions(values.questions);
  outbox.load();
  const wanted = decodeURIComponent(location.hash.slice(1));
  const questions = values.questions;
  const first = questions.find(one => one.task === wanted) ??
    questions.find(one => one.done < one.total) ?? questions[0];
  if (!first) {
    notice(`There is no written answer to mark in ${assignment}.`);
    return;
  }
  await load(first.task);
  setInterval(beat, BEAT);
}

function showQuestions(questions) {
  page.questions = questions;
  $("questions").replaceChildren(...questions.map(one => {
    const button = make("button", {type: "button", title: one.title},
      make("span", {textContent: one.title.split("(")[0].trim()}),
      make("small", {textContent: `${one.done}/${one.total}`}));
    button.dataset.task = one.task;
    button.onclick = () => load(one.task);
    return make("li", {}, button);
  }));
}

async function load(task, key = "", second = false) {
  // Until the other question is here, this one stays, and what is decided belongs to it.
  const asked = page.asked = fresh();
  const question = await ask(`question/${task}`, null, second ? {second: "1"} : {});
  if (asked !== page.asked) return;
  const changed = task !== page.task || second !== page.second;
  Object.assign(page, {task, second, question});
  location.replace(`#${encodeURIComponent(task)}`);
  document.body.classList.toggle("second", second);
  page.answers = new Map(question.answers.map(one => [one.key, one]));
  page.order = question.answers.map(one => one.key);
  for (const {what, task: of, body} of outbox.entries) {
    if (of !== task || what === "undo") continue;
    for (const one of what === "mark" ? Object.keys(body.seen) : [body.key]) {
      const answer = page.answers.get(one);
      if (answer) answer.pending = {done: answer.done, score: answer.score, choice: answer.choice};
    }
  }
  page.rows.clear();
  page.groupOf = new Map();
  for (const group of question.groups) {
    for (const one of group.keys) page.groupOf.set(one, group);
  }
  if (changed) {
    page.trees.clear();
    page.queue = [];
    page.found = null;
    page.current = "";
    page.choice = null;
    $("answer").replaceChildren("…");
    if ($("notice").dataset.kind === "end") $("notice").hidden = true;
    $("search").value = "";
  }
  $("title").textContent = question.title;
  $("prompt").replaceChildren(built(question.prompt));
  $("model").replaceChildren(built(question.model));
  $("notes").replaceChildren(question.notes ? built(question.notes) : "");
  for (const button of document.querySelectorAll("#questions button")) {
    button.setAttribute("aria-current", String(button.dataset.task === task));
  }
  takeRubric(question.rubric, false);
  showSaved(question.comments);
  showList();
  progress();
  outbox.show();
  if (key && page.answers.has(key)) await go(key);
  else await next(page.started);
  page.started = true;
}

function takeRubric(rubric, keep = true) {
  page.question.rubric = rubric;
  const known = new Set(rubric.items.map(one => one.id));
  if (page.choice && keep) {
    page.choice.items = page.choice.items.filter(one => known.has(one));
  }
  showItems();
}

/** An answer's state from the server, in place of what was known. */
function take(state) {
  const answer = page.answers.get(state.key);
  if (!answer) return;
  delete answer.pending;
  Object.assign(answer, state);
  showRow(state.key);
  if (state.key === page.current) showAbove();
}

const isDone = key => {
  const answer = page.answers.get(key);
  return !answer || answer.done || Boolean(answer.pending);
};

// ---- The list ----------------------------------------------------------------------------------

/** List the answers; many of them piece by piece, so that the page reacts meanwhile. */
async function showList() {
  let keys = page.order;
  if (page.found) keys = keys.filter(key => page.found.has(key));
  if (page.filter === "todo") keys = keys.filter(key => !isDone(key));
  if (page.filter === "groups") {
    const kept = new Set(keys);
    keys = page.question.groups.flatMap(group => group.keys).filter(key => kept.has(key));
  }
  page.listed = keys;
  $("answers").replaceChildren();
  if (!keys.length) $("answers").append(make("li", {className: "empty", textContent: "None."}));
  for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) {
    $("answers").append(...keys.slice(at, at + ROWS_AT_ONCE).map(rowOf));
    await new Promise(done => setTimeout(done));
    if (page.listed !== keys) return;
  }
  page.rows.get(page.current)?.scrollIntoView({block: "nearest"});
}

function rowOf(key) {
  if (!page.rows.has(key)) {
    const answer = page.answers.get(key);
    const button = make("button", {type: "button"},
      make("span", {className: "n", textContent: answer.n}),
      make("span", {className: "text", textContent: answer.blank ? "(blank)" : answer.excerpt}),
      make("span", {className: "mark"}));
    button.dataset.key = key;
    make("li", {}, button);
    page.rows.set(key, button);
    showRow(key);
  }
  return page.rows.get(key).parentElement;
}

function showRow(key) {
  const row = page.rows.get(key);
  if (!row) return;
  const answer = page.answers.get(key);
  const done = isDone(key);
  row.className = done ? "done" : "todo";
  if (!done && page.others[key]) row.className = "todo busy";
  const mark = done && answer.score !== null ? points(answer.score)
    : page.others[key] ? "◐" : done ? "✓" : "○";
  const label = done ? (answer.score !== null ? `, ${points(answer.score)} points` : ", marked")
    : page.others[key] ? `, open at ${page.others[key]}` : ", to do";
  const cell = row.lastElementChild;
  cell.replaceChildren(make("span", {textContent: mark, "-aria-hidden": "true"}),
    make("span", {className: "hidden", textContent: label}));
  row.setAttribute("aria-current", String(key === page.current));
}

function progress() {
  const total = page.order.length;
  const done = page.order.filter(isDone).length;
  $("bar").firstElementChild.style.width = total ? `${100 * done / total}%` : "0";
  $("bar").setAttribute("aria-label", `${done} of ${total} answers are marked`);
  const twice = page.second ? " a second time" : "";
  $("count").textContent = `${done} of ${total} marked${twice}`;
  if (page.second) return;
  const shown = page.questions?.find(one => one.task === page.task);
  if (!shown) return;
  [shown.done, shown.total] = [done, total];
  const button = document.querySelector(`#questions [data-task="${CSS.escape(page.task)}"] small`);
  if (button) button.textContent = `${done}/${total}`;
}

// ---- One answer --------------------------------------------------------------------------------

async function fetched(keys) {
  const missing = keys.filter(key => !page.trees.has(key));
  const task = page.task;
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    const some = missing.slice(at, at + AT_ONCE).join(",");
    const found = await within("answers", null, {keys: some});
    if (task !== page.task) return;
    for (const one of found) page.trees.set(one.key, one);
  }
}

/** Fetch what probably comes next, without anybody waiting for it. */
function ahead() {
  const at = page.order.indexOf(page.current);
  const near = page.order.slice(at + 1, at + 1 + AHEAD);
  fetched([...page.queue.slice(0, AHEAD), ...near]).catch(() => {});
}

async function go(key, focus = true) {
  const answer = page.answers.get(key);
  if (!answer) return;
  const before = page.current;
  page.current = key;
  page.sureOfNothing = "";
  page.choice = {items: [...(answer.choice?.items ?? [])],
    adjustment: answer.choice?.adjustment ?? 0, comment: answer.choice?.comment ?? ""};
  if (answer.draft) {
    const known = new Set(page.question.rubric.items.map(one => one.id));
    const {items, adjustment, comment} = answer.draft;
    page.choice = {items: items.filter(one => known.has(one)), adjustment, comment};
  }
  showRow(before);
  showRow(key);
  page.rows.get(key)?.scrollIntoView({block: "nearest"});
  showAbove();
  showChoice();
  $("history-box").open = false;
  if (!page.trees.has(key)) $("answer").replaceChildren("…");
  for (let wait = 300; !page.trees.has(key); wait = Math.min(wait * 2, 5_000)) {
    try {
      await fetched([key]);
      if (page.current === key && !page.trees.has(key)) throw new Error("it is no longer there");
    } catch (error) {
      $("answer").replaceChildren(`The answer cannot be fetched: ${error.message}. Trying again …`);
      await new Promise(done => setTimeout(done, wait));
    }
    if (page.current !== key) return;
  }
  showAnswer();
  if (focus) {
    $("answer-heading").focus({preventScroll: true});
    $("reading").scrollTop = 0;
  }
  ahead();
}

function showAnswer() {
  const {tree, difference} = page.trees.get(page.current) ?? {tree: "", difference: null};
  const node = built(tree);
  const {blank} = page.answers.get(page.current);
  $("answer").classList.toggle("blank", blank);
  $("answer").replaceChildren(blank ? "Nothing was written." : node);
  $("difference").hidden = !difference;
  if (difference) {
    const group = page.groupOf.get(page.current);
    const first = page.answers.get(group.keys[0]);
    $("difference").replaceChildren(
      make("b", {textContent: `Compared with answer ${first.n}: `}), ...compared(difference));
  }
}

function compared(difference) {
  return difference.flatMap(([sign, words]) => {
    if (sign === "=") return [`${words} `];
    const node = make(sign === "+" ? "ins" : "del", {textContent: words});
    return [node, " "];
  });
}

function showAbove() {
  const answer = page.answers.get(page.current);
  const group = page.groupOf.get(page.current);
  $("answer-heading").textContent = `Answer ${answer.n} of ${page.order.length}`;
  const badges = [];
  const badge = (text, kind = "") => badges.push(make("span",
    {className: `badge ${kind}`, textContent: text}));
  if (isDone(page.current)) {
    const by = answer.grader ? ` by ${answer.grader}` : "";
    badge(answer.score === null ? "marked" : `${points(answer.score)} points${by}`, "good");
  }
  if (group) {
    const others = group.keys.length - 1;
    badge({blank: `blank, with ${others} more`, identical: `the same as ${others} more`,
      near: `like ${others} more`}[group.kind]);
  }
  if (page.second) badge("second marking");
  $("badges").replaceChildren(...badges);
  const remarks = [];
  if (page.others[page.current]) remarks.push(`${page.others[page.current]} has this open.`);
  if (answer.outside) {
    const comment = answer.comment ? ` with the comment “${answer.comment}”` : "";
    remarks.push(`Scored outside of this page: ${points(answer.score ?? 0)} points${comment}. ` +
      "Saving here replaces it.");
  } else if (!answer.done && answer.choice) {
    remarks.push("Handed in or graded again since it was marked: look at it once more.");
  } else if (answer.done && !answer.choice && !answer.pending && answer.comment) {
    remarks.push(`nbgrader says: ${answer.comment}`);
  }
  if (answer.draft) remarks.push("Your decision was not saved: it is still chosen here.");
  $("remarks").replaceChildren(...remarks.map(one => make("p", {textContent: one})));
  $("group").disabled = !group || page.second;
  $("undo").disabled = page.second;
}

/** Go to the next answer that nobody has marked or has open. */
async function next(focus = true) {
  if (page.second) {
    const at = page.order.indexOf(page.current);
    const rest = [...page.order.slice(at + 1), ...page.order.slice(0, at + 1)];
    const key = rest.find(one => !isDone(one));
    if (key) await go(key, focus);
    else if (page.order.length) finished();
    else if (!page.order.length) notice("Nothing waits for a second marking by you.", "Back",
      () => load(page.task));
    return;
  }
  let key = "";
  while (page.queue.length && !key) {
    const one = page.queue.shift();
    if (!isDone(one)) key = one;
  }
  if (!key) {
    try {
      await claim(CLAIM);
    } catch {
      // Without the server nobody knows what others have open.
      const {current, task} = page;
      const text = "The server does not answer. What you decided is kept; waiting for the next.";
      notice(text, "Try again", () => next(focus));
      await new Promise(done => setTimeout(done, 1_000));
      const waits = !$("notice").hidden && $("notice").textContent.startsWith(text);
      if (waits && page.current === current && page.task === task) {
        $("notice").hidden = true;
        await next(focus);
      }
      return;
    }
    key = page.queue.shift() ?? "";
  }
  if (!key) {
    finished();
    if (!page.current && page.order.length) await go(page.order[0], focus);
    return;
  }
  const shown = go(key, focus);
  if (page.queue.length < CLAIM / 2) claim(CLAIM / 2).then(ahead).catch(() => {});
  await shown;
}

function finished() {
  const open = page.order.filter(key => !isDone(key)).length;
  const text = open ? `${many(open, "answer")} left, all open at somebody else.`
    : "All answers to this question are marked.";
  say(text);
  const other = page.questions?.find(one => one.task !== page.task && one.done < one.total);
  if (!open && other && !page.second) notice(text, "Next question", () => load(other.task));
  else if (open && !page.second) notice(text, "Try again", () => next());
  else notice(text);
  $("notice").dataset.kind = "end";
}

let claiming = Promise.resolve();

function claim(more) {
  claiming = claiming.catch(() => {}).then(() => claimed(more));
  return claiming;
}

async function claimed(more) {
  const task = page.task;
  const held = [page.current, ...page.queue].filter(Boolean);
  // What is decided and not saved yet is nobody else's either.
  const unsaved = page.order.filter(key => page.answers.get(key).pending);
  const values = await within("claim", {window: page.window, keys: [...held, ...unsaved], more,
    after: held.at(-1) ?? ""});
  if (task !== page.task) return;
  const changed = new Set([...Object.keys(page.others), ...Object.keys(values.others)]);
  page.others = values.others;
  for (const key of values.own) {
    const isNew = key !== page.current && !page.queue.includes(key) && !isDone(key);
    if (isNew) page.queue.push(key);
  }
  const own = new Set(values.own);
  page.queue = page.queue.filter(key => own.has(key) && !isDone(key));
  for (const key of changed) showRow(key);
  const stale = Object.entries(values.versions).filter(([key, version]) => {
    const answer = page.answers.get(key);
    return answer && !answer.pending && answer.version !== version;
  }).map(([key]) => key);
  if (stale.length && !outbox.entries.length) {
    for (const state of await within("states", {keys: stale})) {
      if (!page.answers.get(state.key)?.pending) take(state);
    }
    progress();
  }
  if (values.rubric !== page.question.rubric.version && !outbox.entries.length) {
    const question = await within("question");
    if (task === page.task) takeRubric(question.rubric);
  }
}

function beat() {
  if (!document.hidden && page.current && !page.second) claim(0).catch(() => {});
}

// ---- The rubric and the decision ---------------------------------------------------------------

function showItems() {
  $("items").replaceChildren(...page.question.rubric.items.map((item, place) => {
    const box = make("input", {type: "checkbox"});
    box.dataset.item = item.id;
    if (place < 9) box.setAttribute("aria-keyshortcuts", String(place + 1));
    const label = make("label", {}, box,
      place < 9 ? make("kbd", {textContent: place + 1, "-aria-hidden": "true"}) : make("span"),
      make("span", {className: item.points < 0 ? "points minus" : "points",
        textContent: signed(item.points)}),
      make("span", {className: "prose"}, built(item.tree)));
    const edit = make("button", {type: "button", textContent: "✎", title: "Edit",
      "-aria-label": `Edit item ${place + 1}`});
    edit.onclick = () => openItem(item);
    return make("li", {}, label, edit);
  }));
  if (page.choice) showChoice();
}

function showChoice() {
  for (const box of document.querySelectorAll("#items input")) {
    box.checked = page.choice.items.includes(box.dataset.item);
  }
  $("adjustment").value = page.choice.adjustment;
  $("comment").value = page.choice.comment;
  showScore();
}

function scoreNow() {
  const chosen = page.question.rubric.items.filter(one => page.choice.items.includes(one.id));
  const sum = chosen.reduce((total, one) => total + one.points, 0) + page.choice.adjustment;
  return Math.min(Math.max(Math.round(sum * 10000) / 10000, 0), page.question.points);
}

function showScore() {
  $("score").replaceChildren(points(scoreNow()),
    make("small", {textContent: ` / ${points(page.question.points)}`}));
}

function readChoice() {
  if (!page.choice) return;
  page.choice.items = [...document.querySelectorAll("#items input:checked")]
    .map(box => box.dataset.item);
  page.choice.adjustment = Number($("adjustment").value) || 0;
  page.choice.comment = $("comment").value;
  page.sureOfNothing = "";
  showScore();
}

const isNothing = () => !page.choice.items.length && !page.choice.adjustment &&
  !page.choice.comment.trim();

const versionOf = key => {
  const answer = page.answers.get(key);
  return answer.pending ? "" : answer.version;
};

function decided(keys) {
  const seen = Object.fromEntries(keys.map(key => [key, versionOf(key)]));
  const choice = {items: [...page.choice.items], adjustment: page.choice.adjustment,
    comment: page.choice.comment};
  const score = scoreNow();
  for (const key of keys) {
    const answer = page.answers.get(key);
    const {done, score: was, choice: had} = answer;
    answer.pending = answer.pending ?? {done, score: was, choice: had};
    Object.assign(answer, {score, choice});
    delete answer.draft;
    showRow(key);
  }
  outbox.add("mark", {...choice, seen, action: fresh(),
    rubric: page.question.rubric.version});
  progress();
  if (keys.includes(page.current)) showAbove();
  return score;
}

async function save() {
  const {current} = page;
  if (!page.trees.has(current)) { // nobody has seen it yet
    say("The answer is still being fetched.");
    return;
  }
  const answer = page.answers.get(current);
  if (isNothing() && page.sureOfNothing !== current) {
    page.sureOfNothing = current;
    const text = "No item applies: save once more for 0 points.";
    $("saving").textContent = text;
    say(text);
    return;
  }
  page.sureOfNothing = "";
  if (page.second) {
    outbox.add("second", {key: current, ...page.choice});
    answer.pending = {done: false};
    showRow(current);
    progress();
    say("Saved.");
  } else {
    const score = decided([current]);
    say(`Saved answer ${answer.n}: ${points(score)} points.`);
  }
  await next();
}

function undo() {
  if (page.second || !page.question) return;
  outbox.add("undo", {action: fresh()});
}

// ---- Groups ------------------------------------------------------------------------------------

async function openGroup() {
  const group = page.groupOf.get(page.current);
  if (!group || page.second || !page.trees.has(page.current)) return;
  const names = {blank: "Blank answers", identical: "Answers that say the same",
    near: "Answers that are nearly the same"};
  $("group-title").textContent = names[group.kind];
  const items = page.question.rubric.items;
  const chosen = items.flatMap((one, place) =>
    page.choice.items.includes(one.id) ? [`${place + 1} (${signed(one.points)})`] : []);
  $("group-choice").textContent = `${points(scoreNow())} of ${points(page.question.points)} ` +
    `points each: ${chosen.length ? `items ${chosen.join(", ")}` : "no item applies"}` +
    (page.choice.adjustment ? `, adjusted by ${signed(page.choice.adjustment)}` : "") +
    (page.choice.comment.trim() ? ", with your comment" : "") + ".";
  const {current} = page;
  await fetched(group.keys);
  if (page.current !== current) return;
  $("members").replaceChildren(...group.keys.map(key => {
    const answer = page.answers.get(key);
    const done = isDone(key) && key !== current;
    const box = make("input", {type: "checkbox", checked: !done && !page.others[key]});
    box.dataset.key = key;
    const difference = page.trees.get(key)?.difference;
    const text = make("span", {});
    if (difference) text.append(...compared(difference));
    else text.append(answer.blank ? "(blank)" : answer.excerpt);
    const state = done ? `${points(answer.score ?? 0)} points` : page.others[key]
      ? `open at ${page.others[key]}` : "";
    return make("li", {}, make("label", {}, box,
      make("span", {className: "n", textContent: answer.n}), text,
      make("span", {className: "mark", textContent: state})));
  }));
  countGroup();
  $("group-box").showModal();
  $("group-save").focus();
}

const members = () => [...document.querySelectorAll("#members input:checked")];

function countGroup() {
  const count = members().length;
  $("group-count").textContent = `${count} of ${$("members").children.length} chosen`;
  $("group-save").disabled = !count;
}

async function saveGroup() {
  const keys = members().map(box => box.dataset.key);
  if (!keys.length) return;
  $("group-box").close();
  const score = decided(keys);
  say(`Saved ${many(keys.length, "answer")}: ${points(score)} points each.`);
  await next();
}

// ---- Editing the rubric ------------------------------------------------------------------------

let edited = null;

function openItem(item) {
  edited = {item, token: ""};
  $("item-title").textContent = item ? "Edit the item" : "Add an item";
  $("item-points").value = item ? item.points : "";
  $("item-text").value = item ? item.text : "";
  $("item-delete").checked = false;
  $("item-delete-line").hidden = !item;
  $("preview").replaceChildren();
  $("item-save").textContent = item ? "See what changes" : "Add";
  $("item-box").showModal();
}

function itemChanged() {
  edited.token = "";
  $("preview").replaceChildren();
  $("item-save").textContent = edited.item ? "See what changes" : "Add";
}

async function saveItem() {
  const {item, token} = edited;
  const values = {item: item?.id ?? "", points: Number($("item-points").value),
    text: $("item-text").value, deleted: $("item-delete").checked};
  try {
    if (item && !token) {
      const found = await within("preview", values);
      edited.token = found.token;
      edited.action = fresh();
      showPreview(found);
      return;
    }
    if (outbox.entries.length) {
      notice("Decisions are still being saved: try again in a moment.");
      return;
    }
    const reply = await within("edit", {...values, token,
      action: edited.action ?? (edited.action = fresh())});
    $("item-box").close();
    for (const state of reply.states) take(state);
    const {current, choice} = page;
    takeRubric(reply.rubric);
    if (page.answers.get(current)?.done) await go(current);
    else page.choice = choice;
    progress();
    $("answer-heading").focus({preventScroll: true});
    say("The rubric is changed.");
  } catch (error) {
    itemChanged();
    $("preview").textContent = error.message;
  }
}

function showPreview(found) {
  const what = [`${many(found.affected, "answer has", "answers have")} this item, ` +
    `${many(found.changes.length, "score changes", "scores change")}.`];
  if (found.outside) {
    what.push(` ${many(found.outside, "answer was", "answers were")} scored outside of this page ` +
      "and stay as they are.");
  }
  const rows = found.changes.map(one => make("tr", {},
    make("td", {textContent: `Answer ${one.n}`}), make("td", {textContent: points(one.before)}),
    make("td", {textContent: points(one.after)})));
  const head = make("tr", {}, ...["Answer", "Now", "Then"].map(
    one => make("th", {textContent: one, scope: "col"})));
  $("preview").replaceChildren(make("p", {textContent: what.join("")}),
    rows.length ? make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)) : "");
  $("item-save").textContent = found.changes.length
    ? `Change ${many(found.changes.length, "score")}` : "Change the item";
}

// ---- Saved comments, history, numbers, scheme --------------------------------------------------

function showSaved(comments) {
  $("saved").replaceChildren(make("option", {value: "", textContent: comments.length
    ? "Insert a saved comment …" : "No saved comments"}),
  ...comments.map(one => make("option", {value: one.id,
    textContent: one.text.length > 70 ? `${one.text.slice(0, 70)}…` : one.text})));
  page.saved = new Map(comments.map(one => [one.id, one.text]));
  page.lastSaved = "";
}

function insertSaved() {
  const text = page.saved.get($("saved").value);
  if (text === undefined) return;
  page.lastSaved = $("saved").value;
  const before = $("comment").value.trim();
  $("comment").value = before ? `${before}\n${text}` : text;
  readChoice();
}

async function keepComment(values) {
  try {
    showSaved((await within("comment", values)).comments);
  } catch (error) {
    notice(error.message);
  }
}

async function showHistory() {
  if (!$("history-box").open || !page.current) return;
  const {current} = page;
  const events = await within("history", null, {keys: current});
  if (current !== page.current) return;
  const words = {mark: "marked", group: "marked with its group", undo: "undone",
    rescore: "rescored, an item was edited"};
  $("history").replaceChildren(...events.map(one => {
    const when = new Date(one.at).toLocaleString();
    const score = one.after === null ? "no score" : `${points(one.after)} points`;
    return make("li", {textContent: `${when}, ${one.grader}: ${words[one.kind]}, ${score}` +
      (one.undone ? " (taken back)" : "")});
  }));
  if (!events.length) $("history").append(make("li", {textContent: "Not marked yet."}));
}

async function showStatistics() {
  const {progress: p, agreement: a} = await within("statistics");
  const most = Math.max(1, ...p.scores.map(one => one[1]));
  const bars = p.scores.map(([score, count]) => {
    const bar = make("i", {"-aria-hidden": "true"});
    bar.style.height = `${90 * count / most}px`;
    return make("div", {}, make("span", {textContent: count}), bar,
      make("span", {textContent: `${points(score)} pt`}));
  });
  const table = (head, rows) => make("table", {}, make("thead", {}, make("tr", {},
    ...head.map(one => make("th", {textContent: one, scope: "col"})))),
  make("tbody", {}, ...rows.map(row => make("tr", {}, ...row.map(
    one => make("td", {}, one))))));
  const kappa = value => value === null ? "–" : (Math.round(value * 100) / 100).toFixed(2);
  const items = page.question.rubric.items.map((item, place) => [String(place + 1),
    signed(item.points), make("span", {className: "prose"}, built(item.tree)),
    String(p.items[item.id] ?? 0), kappa(a.by_item[item.id] ?? null)]);
  const nodes = [
    make("p", {textContent: `${p.done} of ${p.total} answers are marked` +
      (p.mean === null ? "." : `, ${points(Math.round(p.mean * 100) / 100)} points on average.`)}),
    make("h3", {textContent: "Scores"}),
    bars.length ? make("div", {className: "chart", "-role": "img", "-aria-label":
      p.scores.map(([score, count]) => `${points(score)} points: ${count}`).join(", ")}, ...bars)
      : make("p", {textContent: "None yet."}),
    make("h3", {textContent: "Items"}),
    table(["Key", "Points", "Item", "Answers", "κ"], items),
    make("h3", {textContent: "Who marked"}),
    p.by_grader.length ? table(["Name", "Answers"], p.by_grader.map(one => one.map(String)))
      : make("p", {textContent: "Nobody yet."}),
    make("h3", {textContent: "Two people on the same answers"}),
  ];
  if (a.answers) {
    const apart = a.apart.map(one => {
      const button = make("button", {type: "button", textContent: `Answer ${one.n}`});
      button.onclick = () => { $("statistics").close(); go(one.key); };
      return button;
    });
    nodes.push(make("p", {textContent: `${many(a.answers, "answer was", "answers were")} marked ` +
      `twice: the same score on ${a.same_score}, ${points(Math.round(a.difference * 100) / 100)} ` +
      `points apart on average, Cohen's κ ${kappa(a.kappa)} over all items.`}),
    make("p", {className: "line"}, ...apart));
  } else {
    nodes.push(make("p", {textContent: "A tenth of the answers is drawn to be marked by a second " +
      "person, who does not see the first decision. No score changes by it."}));
  }
  $("numbers").replaceChildren(...nodes);
  $("second").textContent = page.second ? "Back to marking" : "Mark drawn answers a second time";
  if (!$("statistics").open) $("statistics").showModal();
}

async function showPatch() {
  const {patch} = await ask("patch");
  $("patch-about").textContent = patch
    ? "The rubric differs from the marking scheme in source/. This patch brings the scheme up to " +
      "date: save it as rubric.patch and run “git apply rubric.patch” in the course folder."
    : "The rubric is what the marking scheme in source/ says.";
  $("patch").hidden = !patch;
  $("copy").hidden = !patch;
  $("patch").textContent = patch;
  $("patch-box").showModal();
}

// ---- Keys and buttons --------------------------------------------------------------------------

function showKeys() {
  $("keys-on").checked = page.keysOn;
  document.body.classList.toggle("no-keys", !page.keysOn);
}

function walk(step) {
  const at = page.listed.indexOf(page.current);
  const key = page.listed[at < 0 ? 0 : at + step];
  if (key) go(key);
}

async function search() {
  const words = $("search").value.trim();
  page.found = words ? new Set(await within("search", null, {words})) : null;
  showList();
  $("count").textContent = page.found ? `${many(page.found.size, "answer")} found` : "";
  if (!page.found) progress();
}

function pressed(event) {
  const inside = event.target;
  const writes = inside.matches?.("textarea, select, input:not([type=checkbox])");
  const dialog = document.querySelector("dialog[open]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !dialog) {
    event.preventDefault();
    readChoice();
    save();
    return;
  }
  if (event.key === "Escape" && writes && !dialog) {
    if (inside.id === "search" && inside.value) {
      inside.value = "";
      search();
    }
    inside.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || dialog || !page.keysOn) return;
  if (inside.id === "adjustment" && event.key === "Enter") {
    event.preventDefault();
    readChoice();
    save();
    return;
  }
  if (writes) return;
  if (event.key === "Enter" && inside.matches?.("button, summary, a")) return;
  const act = {
    Enter: save, u: undo, g: openGroup, j: () => walk(1), k: () => walk(-1),
    "/": () => $("search").focus(), "?": () => $("help").showModal(),
    c: () => $("comment").focus(), a: () => $("adjustment").select(),
  }[event.key] ?? (/^[1-9]$/.test(event.key) ? () => toggle(Number(event.key) - 1) : null);
  if (!act) return;
  event.preventDefault();
  if (event.repeat && (event.key === "Enter" || event.key === "u")) return;
  shows((async () => act())());
}

function toggle(place) {
  const box = document.querySelectorAll("#items input")[place];
  if (!box || !page.choice) return;
  box.checked = !box.checked;
  readChoice();
  const item = page.question.rubric.items[place];
  say(`Item ${place + 1}, ${signed(item.points)}, ${box.checked ? "applies" : "does not apply"}. ` +
    `${points(scoreNow())} points.`);
}

const shows = promise => promise.catch(error => notice(error.message));

document.addEventListener("keydown", pressed);
$("form").addEventListener("submit", event => { event.preventDefault(); save(); });
$("items").addEventListener("change", readChoice);
$("adjustment").addEventListener("input", readChoice);
$("comment").addEventListener("input", readChoice);
$("group").addEventListener("click", () => shows(openGroup()));
$("undo").addEventListener("click", undo);
$("next").addEventListener("click", () => walk(1));
$("previous").addEventListener("click", () => walk(-1));
$("answers").addEventListener("click", event => {
  const key = event.target.closest("button")?.dataset.key;
  if (key) shows(go(key));
});
let typing = 0;
$("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => shows(search()), 200);
});
for (const button of document.querySelectorAll("[data-filter]")) {
  button.addEventListener("click", () => {
    page.filter = button.dataset.filter;
    for (const one of document.querySelectorAll("[data-filter]")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    showList();
  });
}
$("members").addEventListener("change", countGroup);
const chooseAll = checked => {
  for (const box of document.querySelectorAll("#members input")) box.checked = checked;
  countGroup();
};
$("group-all").addEventListener("click", () => chooseAll(true));
$("group-none").addEventListener("click", () => chooseAll(false));
$("group-form").addEventListener("submit", event => { event.preventDefault(); saveGroup(); });
$("add-item").addEventListener("click", () => openItem(null));
$("item-form").addEventListener("input", itemChanged);
$("item-form").addEventListener("submit", event => { event.preventDefault(); saveItem(); });
$("saved").addEventListener("change", insertSaved);
$("keep").addEventListener("click", () => {
  const text = $("comment").value.trim();
  if (text) keepComment({text});
});
$("forget").addEventListener("click", () => {
  const forget = $("saved").value || page.lastSaved;
  if (forget) keepComment({forget});
});
$("history-box").addEventListener("toggle", () => shows(showHistory()));
$("open-statistics").addEventListener("click", () => shows(showStatistics()));
$("second").addEventListener("click", () => {
  $("statistics").close();
  shows(load(page.task, "", !page.second));
});
$("open-patch").addEventListener("click", () => shows(showPatch()));
$("copy").addEventListener("click", () => {
  getSelection().selectAllChildren($("patch"));
  navigator.clipboard?.writeText($("patch").textContent); // only there with HTTPS
});
$("open-help").addEventListener("click", () => $("help").showModal());
$("keys-on").addEventListener("change", event => {
  page.keysOn = event.target.checked;
  localStorage.setItem("marking-keys", page.keysOn ? "on" : "off");
  showKeys();
});
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
$("name").addEventListener("change", event => {
  localStorage.setItem("marking-name", event.target.value.trim());
});
addEventListener("hashchange", () => {
  const task = decodeURIComponent(location.hash.slice(1));
  if (task !== page.task && page.questions?.some(one => one.task === task)) shows(load(task));
});
addEventListener("pagehide", () => {
  // What this window kept is free again at once.
  if (page.task) within("claim", {window: page.window, keys: [], more: 0}).catch(() => {});
});
addEventListener("beforeunload", event => {
  if (outbox.entries.length) event.preventDefault();
});

shows(start());
