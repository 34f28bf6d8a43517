// What the server tells of accounts: the answers of docs/accounts.md.

/** What a page may offer. */
export interface Offer {
  accounts: boolean;
  email: boolean;
  sign_up: boolean;
  providers: readonly string[];
}

export type Tier = "free" | "basic" | "pro" | "enterprise";

/** Exports of a UTC day. */
export interface Day {
  day: string;
  exports: number;
}

/** Who is signed in. */
export interface Account {
  email: string;
  created_at: string;
  admin: boolean;
  password: boolean;
  providers: readonly string[];
  tier: Tier;
  /** Exports a day; null is without a limit. */
  limit: number | null;
  exports: number;
  resets_in: number;
  square_km: number;
  days: readonly Day[];
  /** How one gets another tier. */
  plans: string;
  csrf: string;
}

export interface Key {
  id: number;
  /** Its beginning. */
  shown: string;
  name: string;
  created_at: string;
  revoked_at: string | null;
}

/** A key that was just made. */
export interface NewKey extends Key {
  key: string;
  hook_secret: string;
}

export interface Made {
  format: string;
  filename: string;
  size: number;
  url: string;
  notes?: readonly string[];
}

/** How far an export is. */
export interface Status {
  task_id: string;
  status: "queued" | "processing" | "completed" | "failed" | "cancelled" | "expired";
  progress: number;
  step: string;
  error: string | null;
  files: readonly Made[];
  created_at: string;
  queue_position: number | null;
}

/** An export as it is listed. */
export interface Task extends Status {
  formats: readonly string[];
  /** Null where it is kept no more. */
  request: Readonly<Record<string, unknown>> | null;
}

/** One thing that was done. */
export interface Deed {
  at: string;
  account: number | null;
  actor: string;
  event: string;
  detail: string;
}

/** An account as an operator sees it. */
export interface Person {
  id: number;
  email: string;
  tier: Tier;
  admin: boolean;
  exports: number;
  created_at: string;
  verified: boolean;
  disabled_at: string | null;
}

/** One of them with its keys and log. */
export interface Whole extends Person {
  keys: readonly Key[];
  log: readonly Deed[];
}

/** What an operator sees first. */
export interface Overview {
  tiers: readonly { tier: Tier; accounts: number; exports: number }[];
  failures: readonly { task_id: string; key: number; code: string | null; error: string | null; finished_at: string | null }[];
  log: readonly Deed[];
}
