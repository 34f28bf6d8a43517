//! New tasks: those that come at the same time are written down together, so that a disk that syncs slowly holds nobody up for
//! long; and one batch at a time, of all processes, so that limits are exact.

use super::base::Base;
use super::task::Task;
use super::usage;
use crate::format::Tier;
use crate::server::{clock, random};
use sqlx::{AnyConnection, Row};
use tokio::sync::{mpsc, oneshot};

/// Tasks of one batch at most.
const TOGETHER: usize = 64;
/// Who may wait to be written down; the others wait for that.
const WAITING: usize = 1024;
/// The number under which processes take turns.
const NUMBER: i64 = 1;
/// How long the same idempotency key means the same task, ms.
const DAY: i64 = 86_400_000;

/// A task to be written down.
#[derive(Debug)]
pub struct NewTask {
    /// Whose it is.
    pub key: i64,
    /// The account of the key.
    pub account: Option<i64>,
    /// Its key's tier.
    pub tier: Tier,
    /// Exports a day of that tier.
    pub exports_a_day: Option<u32>,
    /// Most tasks that may wait.
    pub queue: u32,
    /// The request as JSON.
    pub request: String,
    /// The caller's idempotency key.
    pub idempotency: Option<String>,
    /// Hash of the body, to compare with that of an earlier call.
    pub body_hash: String,
    /// Where its end is told.
    pub hook: Option<String>,
}

/// What became of a new task.
#[derive(Debug)]
pub enum Created {
    /// Written down.
    New(Task),
    /// The same call came before.
    Same(Task),
    /// The idempotency key was used for another body.
    Conflict,
    /// The day's exports are used up; their number.
    UsedUp(u32),
    /// Too many wait already.
    QueueFull,
}

/// A task that waits to be written down, and who wants to know.
#[derive(Debug)]
struct Waiting {
    new: NewTask,
    answer: oneshot::Sender<sqlx::Result<Created>>,
}

/// Where new tasks are handed in.
#[derive(Debug, Clone)]
pub struct Accepts(mpsc::Sender<Waiting>);

impl Accepts {
    /// Writes down what is handed in, until nobody can any more.
    pub fn new(base: Base) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(write(base, receiver));
        Self(sender)
    }

    /// Hands a task in, and waits until it is written down, or is said why not.
    ///
    /// # Errors
    /// Of the database; then nothing was written.
    pub async fn hand_in(&self, new: NewTask) -> sqlx::Result<Created> {
        let (answer, heard) = oneshot::channel();
        let gone = || sqlx::Error::WorkerCrashed;
        self.0.send(Waiting { new, answer }).await.map_err(|_| gone())?;
        heard.await.map_err(|_| gone())?
    }
}

async fn write(base: Base, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut batch, TOGETHER).await > 0 {
        match together(&base, &batch).await {
            Ok(outcomes) => {
                for (Waiting { answer, .. }, outcome) in batch.drain(..).zip(outcomes) {
                    let _ = answer.send(Ok(outcome));
                }
            }
            // The database may refuse one of them alone; that is nothing to the others.
            Err(_) if batch.len() > 1 => {
                for one in batch.drain(..) {
                    let outcome = together(&base, std::slice::from_ref(&one)).await;
                    let outcome = outcome.and_then(|mut outcomes| outcomes.pop().ok_or(sqlx::Error::WorkerCrashed));
                    let _ = one.answer.send(outcome);
                }
            }
            Err(fault) => {
                if let Some(Waiting { answer, .. }) = batch.pop() {
                    let _ = answer.send(Err(fault));
                }
            }
        }
    }
}

/// One change for all of them.
async fn together(base: &Base, batch: &[Waiting]) -> sqlx::Result<Vec<Created>> {
    let mut change = base.alone(NUMBER).await?;
    let waiting = sqlx::query("SELECT COUNT(*) AS n FROM task WHERE status = 'queued'").fetch_one(&mut *change).await?;
    let mut waiting: i64 = waiting.get("n");
    let mut outcomes = Vec::with_capacity(batch.len());
    for Waiting { new, .. } in batch {
        let outcome = one(&mut change, new, waiting).await?;
        waiting += i64::from(matches!(outcome, Created::New(_)));
        outcomes.push(outcome);
    }
    if outcomes.iter().any(|outcome| matches!(outcome, Created::New(_))) {
        base.ring(&mut *change, "").await?;
    }
    change.commit().await?;
    Ok(outcomes)
}

async fn one(change: &mut AnyConnection, new: &NewTask, waiting: i64) -> sqlx::Result<Created> {
    let now = clock::now();
    let day = clock::day(now);
    if let Some(idempotency) = &new.idempotency {
        let known = sqlx::query("SELECT * FROM task WHERE key = $1 AND idempotency = $2");
        if let Some(row) = known.bind(new.key).bind(idempotency).fetch_optional(&mut *change).await? {
            let task = Task::from(&row);
            if task.created_at > now - DAY {
                let same = row.get::<String, _>("body_hash") == new.body_hash;
                return Ok(if same { Created::Same(task) } else { Created::Conflict });
            }
            // A day later the word is free again.
            let free = sqlx::query("UPDATE task SET idempotency = NULL WHERE id = $1");
            free.bind(&task.id).execute(&mut *change).await?;
        }
    }
    if waiting >= i64::from(new.queue) {
        return Ok(Created::QueueFull);
    }
    let used = usage::used(&mut *change, new.key, &day).await?;
    if new.exports_a_day.is_some_and(|limit| used >= limit) {
        return Ok(Created::UsedUp(used));
    }
    let count = sqlx::query(
        "INSERT INTO usage (key, day, exports) VALUES ($1, $2, 1)
         ON CONFLICT (key, day) DO UPDATE SET exports = usage.exports + 1",
    );
    count.bind(new.key).bind(&day).execute(&mut *change).await?;
    let turn = turn(change, new).await?;
    let row = sqlx::query(
        "INSERT INTO task (id, key, priority, turn, request, status, day, created_at, idempotency, body_hash, hook)
         VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, $10) RETURNING *",
    )
    .bind(random::id())
    .bind(new.key)
    .bind(new.tier.priority())
    .bind(turn)
    .bind(&new.request)
    .bind(&day)
    .bind(now)
    .bind(&new.idempotency)
    .bind(&new.body_hash)
    .bind(&new.hook)
    .fetch_one(&mut *change)
    .await?;
    Ok(Created::New((&row).into()))
}

/// The turn of a new task: after what is being served, and a step after the last that waits of the same person. Who has many
/// waiting is served as often as others who have few (start-time fair queueing, Goyal, Vin, Cheng 1996); steps of higher tiers
/// are shorter.
async fn turn(change: &mut AnyConnection, new: &NewTask) -> sqlx::Result<i64> {
    let row = sqlx::query(
        "SELECT COALESCE((SELECT MAX(turn) FROM task WHERE status = 'processing' AND priority = $1),
                         (SELECT MIN(turn) FROM task WHERE status = 'queued' AND priority = $1), 0) AS served,
                COALESCE((SELECT MAX(turn) FROM task WHERE status = 'queued' AND priority = $1
                          AND key IN (SELECT id FROM key WHERE id = $2 OR account = $3)), 0) AS last",
    );
    let row = row.bind(new.tier.priority()).bind(new.key).bind(new.account).fetch_one(change).await?;
    Ok(row.get::<i64, _>("served").max(row.get("last")) + new.tier.step())
}
