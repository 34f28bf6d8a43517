//! People and how they sign in.

use super::Store;
use crate::format::Tier;
use crate::server::{clock, random};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// Days a session lasts.
pub const SESSION_DAYS: i64 = 14;
const DAY: i64 = 86_400_000;
/// Sessions of one account at a time; the oldest make room.
const SESSIONS: i64 = 20;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its row.
    pub id: i64,
    /// The address, lower case.
    pub email: String,
    /// Hash of the password (PHC string); none for who only signs in elsewhere.
    pub password: Option<String>,
    /// What its keys may.
    pub tier: Tier,
    /// Whether it sees and changes the accounts of others.
    pub is_admin: bool,
    /// When it was made, ms.
    pub created_at: i64,
    /// When the address was confirmed, ms.
    pub verified_at: Option<i64>,
    /// When an operator stopped it, ms.
    pub disabled_at: Option<i64>,
}

impl From<&AnyRow> for Account {
    fn from(row: &AnyRow) -> Self {
        Self {
            id: row.get("id"),
            email: row.get("email"),
            password: row.get("password"),
            tier: Tier::find(row.get("tier")).unwrap_or(Tier::Free),
            is_admin: row.get::<&str, _>("role") == "admin",
            created_at: row.get("created_at"),
            verified_at: row.get("verified_at"),
            disabled_at: row.get("disabled_at"),
        }
    }
}

/// What a letter's secret does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The address is confirmed.
    Verify,
    /// Another password may be set.
    Reset,
}

impl Purpose {
    fn id(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset => "reset",
        }
    }

    /// How long it is good, ms.
    fn valid(self) -> i64 {
        match self {
            Self::Verify => DAY,
            Self::Reset => DAY / 24,
        }
    }
}

/// A login elsewhere that has begun.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The provider.
    pub provider: String,
    /// The verifier of PKCE.
    pub verifier: String,
    /// What the provider's token has to repeat.
    pub nonce: String,
}

/// How long a login elsewhere may take, ms.
const FLOW: i64 = 600_000;

impl Store {
    /// The account of an address.
    ///
    /// # Errors
    /// Of the database, as for all that follow.
    pub async fn account(&self, email: &str) -> sqlx::Result<Option<Account>> {
        let row =
            sqlx::query("SELECT * FROM account WHERE email = $1").bind(email).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map(Into::into))
    }

    /// The account of a row.
    ///
    /// # Errors
    /// Of the database.
    pub async fn account_by_id(&self, id: i64) -> sqlx::Result<Option<Account>> {
        let row = sqlx::query("SELECT * FROM account WHERE id = $1").bind(id).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map(Into::into))
    }

    /// A new account that is not verified yet; none where the address has one.
    ///
    /// # Errors
    /// Of the database.
    pub async fn create_account(&self, email: &str, password: Option<&str>) -> sqlx::Result<Option<Account>> {
        let row = sqlx::query(
            "INSERT INTO account (email, password, tier, created_at) VALUES ($1, $2, 'free', $3)
             ON CONFLICT (email) DO NOTHING RETURNING *",
        );
        let row = row.bind(email).bind(password).bind(clock::now()).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map(Into::into))
    }

    /// Sets the password and ends all sessions: whoever had one had the old password.
    ///
    /// # Errors
    /// Of the database.
    pub async fn set_password(&self, account: i64, password: Option<&str>) -> sqlx::Result<()> {
        let mut change = self.base.change().await?;
        let set = sqlx::query("UPDATE account SET password = $1 WHERE id = $2").bind(password).bind(account);
        set.execute(&mut *change).await?;
        sqlx::query("DELETE FROM session WHERE account = $1").bind(account).execute(&mut *change).await?;
        change.commit().await
    }

    /// Remembers that the address is that of the person, with the password (if any) that they gave when they signed up; of one
    /// that is verified already nothing changes. Other letters for that are void.
    ///
    /// # Errors
    /// Of the database.
    pub async fn verify(&self, account: i64, password: Option<&str>) -> sqlx::Result<()> {
        let mut change = self.base.change().await?;
        let verify = "UPDATE account SET verified_at = $1, password = COALESCE($2, password)
                      WHERE id = $3 AND verified_at IS NULL";
        let verify = sqlx::query(verify).bind(clock::now()).bind(password).bind(account);
        verify.execute(&mut *change).await?;
        let void = sqlx::query("DELETE FROM letter WHERE account = $1 AND purpose = $2");
        void.bind(account).bind(Purpose::Verify.id()).execute(&mut *change).await?;
        change.commit().await
    }

    /// Sets what keys of an account may; false where there is none.
    ///
    /// # Errors
    /// Of the database.
    pub async fn set_tier(&self, account: i64, tier: Tier) -> sqlx::Result<bool> {
        let set = sqlx::query("UPDATE account SET tier = $1 WHERE id = $2").bind(tier.id()).bind(account);
        Ok(set.execute(&self.base.pool).await?.rows_affected() == 1)
    }

    /// Sets whether an account sees and changes those of others; false where there is none.
    ///
    /// # Errors
    /// Of the database.
    pub async fn set_admin(&self, account: i64, admin: bool) -> sqlx::Result<bool> {
        let set = sqlx::query("UPDATE account SET role = $1 WHERE id = $2");
        let set = set.bind(if admin { "admin" } else { "user" }).bind(account);
        Ok(set.execute(&self.base.pool).await?.rows_affected() == 1)
    }

    /// Stops an account and ends its sessions, or lets it go on; its keys do as it does. False where there is none.
    ///
    /// # Errors
    /// Of the database.
    pub async fn set_disabled(&self, account: i64, disabled: bool) -> sqlx::Result<bool> {
        let mut change = self.base.change().await?;
        let set = sqlx::query("UPDATE account SET disabled_at = $1 WHERE id = $2");
        let set = set.bind(disabled.then(clock::now)).bind(account).execute(&mut *change).await?;
        sqlx::query("DELETE FROM session WHERE account = $1").bind(account).execute(&mut *change).await?;
        change.commit().await?;
        Ok(set.rows_affected() == 1)
    }

    /// Accounts whose address holds a text, newest first, after the row `before`.
    ///
    /// # Errors
    /// Of the database.
    pub async fn accounts(&self, text: &str, before: i64, limit: u32) -> sqlx::Result<Vec<Account>> {
        let rows = sqlx::query(
            "SELECT * FROM account WHERE ($1 = '' OR replace(email, $1, '') <> email) AND id < $2 ORDER BY id DESC LIMIT $3",
        );
        let rows =
            rows.bind(text.to_lowercase()).bind(before).bind(i64::from(limit)).fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(Into::into).collect())
    }

    /// Removes an account with all that is its own, and says which of its tasks were not over. Files of its tasks are swept
    /// with those that nobody holds.
    ///
    /// # Errors
    /// Of the database; then nothing was removed.
    pub async fn delete_account(&self, account: i64) -> sqlx::Result<Vec<String>> {
        let mut change = self.base.change().await?;
        let open = "SELECT id FROM task WHERE status IN ('queued', 'processing')
                    AND key IN (SELECT id FROM key WHERE account = $1)";
        let open = sqlx::query(open).bind(account).fetch_all(&mut *change).await?;
        for removal in [
            "DELETE FROM task WHERE key IN (SELECT id FROM key WHERE account = $1)",
            "DELETE FROM usage WHERE key IN (SELECT id FROM key WHERE account = $1)",
            "DELETE FROM key WHERE account = $1",
            "DELETE FROM session WHERE account = $1",
            "DELETE FROM letter WHERE account = $1",
            "DELETE FROM identity WHERE account = $1",
            "DELETE FROM audit WHERE account = $1",
            "DELETE FROM account WHERE id = $1",
        ] {
            sqlx::query(removal).bind(account).execute(&mut *change).await?;
        }
        change.commit().await?;
        Ok(open.iter().map(|row| row.get("id")).collect())
    }

    /// A new session; this is the only time its secret is seen.
    ///
    /// # Errors
    /// Of the database.
    pub async fn open_session(&self, account: i64) -> sqlx::Result<String> {
        let (secret, now) = (random::secret(), clock::now());
        let mut change = self.base.change().await?;
        let make = sqlx::query("INSERT INTO session (hash, account, created_at, expires_at) VALUES ($1, $2, $3, $4)");
        let make = make.bind(random::hash(&secret)).bind(account).bind(now).bind(now + SESSION_DAYS * DAY);
        make.execute(&mut *change).await?;
        let room = "DELETE FROM session WHERE account = $1 AND hash NOT IN
                    (SELECT hash FROM session WHERE account = $1 ORDER BY created_at DESC LIMIT $2)";
        sqlx::query(room).bind(account).bind(SESSIONS).execute(&mut *change).await?;
        change.commit().await?;
        Ok(secret)
    }

    /// Whose session it is, unless it is over or its account is stopped.
    ///
    /// # Errors
    /// Of the database.
    pub async fn session(&self, secret: &str) -> sqlx::Result<Option<Account>> {
        let row = sqlx::query(
            "SELECT account.* FROM session JOIN account ON account.id = session.account
             WHERE session.hash = $1 AND session.expires_at > $2 AND account.disabled_at IS NULL",
        );
        let row = row.bind(random::hash(secret)).bind(clock::now()).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map(Into::into))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Of the database.
    pub async fn close_session(&self, secret: &str) -> sqlx::Result<()> {
        let close = sqlx::query("DELETE FROM session WHERE hash = $1").bind(random::hash(secret));
        close.execute(&self.base.pool).await.map(drop)
    }

    /// A secret for a letter; `password` is the hash that it sets. Those before it for another password are void, those of
    /// other sign-ups are not: nobody makes the letter of somebody else worthless.
    ///
    /// # Errors
    /// Of the database.
    pub async fn write_letter(&self, account: i64, purpose: Purpose, password: Option<&str>) -> sqlx::Result<String> {
        let secret = random::secret();
        let mut change = self.base.change().await?;
        if purpose == Purpose::Reset {
            let void = sqlx::query("DELETE FROM letter WHERE account = $1 AND purpose = $2");
            void.bind(account).bind(purpose.id()).execute(&mut *change).await?;
        }
        let make = "INSERT INTO letter (hash, account, purpose, password, expires_at) VALUES ($1, $2, $3, $4, $5)";
        let make = sqlx::query(make).bind(random::hash(&secret)).bind(account).bind(purpose.id()).bind(password);
        make.bind(clock::now() + purpose.valid()).execute(&mut *change).await?;
        change.commit().await?;
        Ok(secret)
    }

    /// The account that a letter was written to, as long as its secret is good.
    ///
    /// # Errors
    /// Of the database.
    pub async fn letter(&self, secret: &str, purpose: Purpose) -> sqlx::Result<Option<Account>> {
        let row = sqlx::query(
            "SELECT account.* FROM letter JOIN account ON account.id = letter.account
             WHERE letter.hash = $1 AND letter.purpose = $2 AND letter.expires_at > $3",
        );
        let row = row
            .bind(random::hash(secret))
            .bind(purpose.id())
            .bind(clock::now())
            .fetch_optional(&self.base.pool)
            .await?;
        Ok(row.as_ref().map(Into::into))
    }

    /// Uses a letter's secret up: the account it was written to, and the hash of the password that it sets.
    ///
    /// # Errors
    /// Of the database.
    pub async fn take_letter(&self, secret: &str, purpose: Purpose) -> sqlx::Result<Option<(Account, Option<String>)>> {
        let taken =
            "DELETE FROM letter WHERE hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING account, password";
        let taken = sqlx::query(taken).bind(random::hash(secret)).bind(purpose.id()).bind(clock::now());
        let Some(row) = taken.fetch_optional(&self.base.pool).await? else { return Ok(None) };
        let account = self.account_by_id(row.get("account")).await?;
        Ok(account.map(|account| (account, row.get("password"))))
    }

    /// A login elsewhere begins: the secret that comes back with it.
    ///
    /// # Errors
    /// Of the database.
    pub async fn begin_flow(&self, state: &str, flow: &Flow) -> sqlx::Result<()> {
        let now = clock::now();
        sqlx::query("DELETE FROM flow WHERE expires_at < $1").bind(now).execute(&self.base.pool).await?;
        let make =
            sqlx::query("INSERT INTO flow (hash, provider, verifier, nonce, expires_at) VALUES ($1, $2, $3, $4, $5)");
        let make = make.bind(random::hash(state)).bind(&flow.provider).bind(&flow.verifier).bind(&flow.nonce);
        make.bind(now + FLOW).execute(&self.base.pool).await.map(drop)
    }

    /// Uses a login elsewhere up.
    ///
    /// # Errors
    /// Of the database.
    pub async fn end_flow(&self, state: &str) -> sqlx::Result<Option<Flow>> {
        let row =
            sqlx::query("DELETE FROM flow WHERE hash = $1 AND expires_at > $2 RETURNING provider, verifier, nonce");
        let row = row.bind(random::hash(state)).bind(clock::now()).fetch_optional(&self.base.pool).await?;
        Ok(row.map(|row| Flow {
            provider: row.get("provider"),
            verifier: row.get("verifier"),
            nonce: row.get("nonce"),
        }))
    }

    /// The account of a person of a provider: known by the subject, else by the verified address `email`, else new. An account
    /// that never confirmed the address was somebody's guess: its password is void.
    ///
    /// # Errors
    /// Of the database.
    pub async fn identified(&self, provider: &str, subject: &str, email: &str) -> sqlx::Result<Account> {
        let mut change = self.base.change().await?;
        let known = "SELECT account.* FROM identity JOIN account ON account.id = identity.account
                     WHERE provider = $1 AND subject = $2";
        let known = sqlx::query(known).bind(provider).bind(subject).fetch_optional(&mut *change).await?;
        if let Some(row) = known {
            return Ok((&row).into());
        }
        let row = sqlx::query(
            "INSERT INTO account (email, tier, created_at, verified_at) VALUES ($1, 'free', $2, $2)
             ON CONFLICT (email) DO UPDATE SET
               password = CASE WHEN account.verified_at IS NULL THEN NULL ELSE account.password END,
               verified_at = COALESCE(account.verified_at, excluded.verified_at)
             RETURNING *",
        );
        let account: Account = (&row.bind(email).bind(clock::now()).fetch_one(&mut *change).await?).into();
        link(&mut change, provider, subject, account.id).await?;
        change.commit().await?;
        Ok(account)
    }

    /// Providers that an account signs in with.
    ///
    /// # Errors
    /// Of the database.
    pub async fn identities(&self, account: i64) -> sqlx::Result<Vec<String>> {
        let rows = sqlx::query("SELECT provider FROM identity WHERE account = $1 ORDER BY provider").bind(account);
        Ok(rows.fetch_all(&self.base.pool).await?.iter().map(|row| row.get("provider")).collect())
    }
}

async fn link(change: &mut AnyConnection, provider: &str, subject: &str, account: i64) -> sqlx::Result<()> {
    let make = sqlx::query("INSERT INTO identity (provider, subject, account) VALUES ($1, $2, $3)");
    make.bind(provider).bind(subject).bind(account).execute(change).await.map(drop)
}
