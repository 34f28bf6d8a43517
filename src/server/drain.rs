//! What is still being sent and will not be used.

use axum::extract::Request;
use tokio_stream::StreamExt;

/// Bytes that are taken from the sender of a body that is too large.
const DRAINED: usize = 16 << 20;

/// Takes a body that is too large from its sender, within reason: who is still sending would not hear the answer.
pub async fn drain(request: Request) {
    let mut left = DRAINED;
    let mut body = request.into_body().into_data_stream();
    while let Some(Ok(chunk)) = body.next().await {
        left = left.saturating_sub(chunk.len());
        if left == 0 {
            return;
        }
    }
}
