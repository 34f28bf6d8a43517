//! What processes tell each other, where they share a database; all of it is only sooner than looking again.

use super::Store;
use super::base::BELL;
use sqlx::postgres::PgListener;

/// What was rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ring {
    /// There are new tasks.
    Added,
    /// The status of the task with this id changed.
    Turned(String),
}

/// Hears other processes.
#[derive(Debug)]
pub struct Bell(PgListener);

impl Bell {
    /// The next that is rung.
    ///
    /// # Errors
    /// Of the database; whoever listens then has to begin anew.
    pub async fn next(&mut self) -> sqlx::Result<Ring> {
        let heard = self.0.recv().await?;
        Ok(match heard.payload() {
            "" => Ring::Added,
            id => Ring::Turned(id.into()),
        })
    }
}

impl Store {
    /// A bell; none where this is the only process.
    ///
    /// # Errors
    /// Of the database.
    pub async fn bell(&self) -> sqlx::Result<Option<Bell>> {
        let Some(address) = &self.base.shared else { return Ok(None) };
        let mut listener = PgListener::connect(address).await?;
        listener.listen(BELL).await?;
        Ok(Some(Bell(listener)))
    }

    /// Tells the other processes that the status of a task changed.
    pub(super) async fn ring(&self, id: &str) -> sqlx::Result<()> {
        self.base.ring(&self.base.pool, id).await
    }
}
