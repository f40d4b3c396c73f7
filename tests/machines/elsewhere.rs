//! Macros whose rules are in another file of the crate: what is awaited, moved or left within them is the body's own.

use zokio_tests::twin::{Failure, Script, Value};

use crate::macros::{advanced, finished, received};

/// What has come.
enum Frame {
    Text(Value, u32),
    Closed,
}

impl Frame {
    fn any(t: &Script) -> Self {
        if t.coin() { Self::Text(t.value(3), 4) } else { Self::Closed }
    }
}

bodies! {
    async fn received_and_taken_apart(t: Script) -> Result<u32, Failure> {
        let value = received!(t.leaf(2), t, Frame::Text)?;
        let n = t.leaf(1).await;
        Ok(n + value.finish())
    }
    async fn a_name_is_changed_and_a_value_moved(t: Script) -> u32 {
        let mut n = 1_u32;
        let frame = Frame::any(&t);
        advanced!(n, t);
        let m = t.leaf(n).await;
        advanced!(n, t);
        m + n + finished!(frame, Frame::Text).unwrap_or(5)
    }
}
