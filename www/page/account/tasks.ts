// Recent exports: a page, the pages before it, and how far those are that run.
import { $ } from "../dom.js";
import { onLanguage, t } from "../i18n/index.js";
import { Refusal, get, send } from "./api.js";
import { refill, tell, trying } from "./fill.js";
import { refresh } from "./session.js";
import { row, runs } from "./task.js";
import type { Status, Task } from "./types.js";

/** As often as the server likes to be asked, ms. */
const POLL = 2000;

interface Page {
  tasks: readonly Task[];
  next: string | null;
}

let tasks: readonly Task[] = [];
/** Where the next page begins; undefined before there was one. */
let next: string | null | undefined;
/** Rows that stand, with what they show. */
let rows = new Map<string, { text: string; element: HTMLElement }>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows the exports from now on. */
export async function showTasks(): Promise<void> {
  const look = () => {
    void trying("exports-said", load);
    void refresh().catch(() => undefined);
  };
  $("exports-refresh").addEventListener("click", look);
  $("exports-more").addEventListener("click", () => void trying("exports-said", more));
  document.addEventListener("visibilitychange", () => !document.hidden && look());
  onLanguage(() => {
    rows = new Map();
    list();
  });
  await trying("exports-said", load);
}

/** The newest page; what came with later ones stays below. */
async function load(): Promise<void> {
  const page = await get<Page>("api/tasks");
  next = next === undefined || tasks.length <= page.tasks.length ? page.next : next;
  const known = new Set(page.tasks.map(({ task_id }) => task_id));
  tasks = [...page.tasks, ...tasks.filter(({ task_id }) => !known.has(task_id))];
  list();
  poll();
}

async function more(): Promise<void> {
  if (!next) return;
  const last = tasks.length;
  const page = await get<Page>(`api/tasks?before=${encodeURIComponent(next)}`);
  ({ next } = page);
  const known = new Set(tasks.map(({ task_id }) => task_id));
  tasks = [...tasks, ...page.tasks.filter(({ task_id }) => !known.has(task_id))];
  list();
  poll();
  // The keyboard goes on with the first that came.
  const first = tasks[last];
  if (first) $(`task-${first.task_id}`).querySelector<HTMLElement>("a, button")?.focus();
}

function list(): void {
  $("exports-none").hidden = tasks.length > 0;
  $("exports-more").hidden = !next;
  const old = rows;
  rows = new Map(
    tasks.map((task) => {
      const text = JSON.stringify(task);
      const known = old.get(task.task_id);
      return [task.task_id, known?.text === text ? known : { text, element: row(task, () => void repeat(task)) }];
    }),
  );
  refill($("tasks"), [...rows.values()].map(({ element }) => element), "exports-title");
}

async function repeat({ task_id, formats }: Task): Promise<void> {
  const line = `task-${task_id}-said`;
  await trying(line, async () => {
    await send("POST", `api/tasks/${task_id}/repeat`);
    await load();
    tell(line, () => t("exports.begun", { formats: formats.join(", ") }));
    void refresh().catch(() => undefined);
  });
}

/** Asks again, while something runs. */
function poll(): void {
  clearTimeout(timer);
  if (tasks.some(runs)) timer = setTimeout(() => void step(), POLL);
}

async function step(): Promise<void> {
  const running = document.hidden ? [] : tasks.filter(runs);
  const states = await Promise.all(running.map(async (task) => get<Status>(`api/status/${task.task_id}`).catch((fault: unknown) => gone(task, Refusal.from(fault)))));
  const fresh = new Map(states.map((state) => [state.task_id, state]));
  tasks = tasks.map((task) => ({ ...task, ...fresh.get(task.task_id) }));
  if (running.length > 0) list();
  const over = states.filter((state) => !runs(state));
  for (const { task_id, status } of over) {
    const formats = tasks.find((task) => task.task_id === task_id)?.formats.join(", ") ?? "";
    tell("exports-said", () => t(status === "completed" || status === "failed" ? `exports.is.${status}` : "exports.is.over", { formats }));
  }
  if (over.length > 0) void refresh().catch(() => undefined);
  poll();
}

/** What is kept no more is over; what cannot be asked just now stays as it is. */
const gone = (task: Task, { status }: Refusal): Task => (status === 404 || status === 410 ? { ...task, status: "expired", request: null } : task);
