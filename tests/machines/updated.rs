//! Structs that take what they do not give themselves from a local: `S { field: other, ..local }`. What they give stays in the local.

use zokio_tests::twin::{Script, Value};

struct Frame {
    head: Value,
    tags: Vec<Value>,
    count: u32,
}

struct Message {
    frame: Frame,
    id: Value,
    reply: Option<Value>,
}

#[derive(Clone, Copy)]
struct Options {
    depth: u32,
    width: u32,
}

fn frame(t: &Script, n: u32) -> Frame {
    Frame { head: t.value(n), tags: vec![t.value(n + 1), t.value(n + 2)], count: n }
}

bodies! {
    async fn what_is_given_stays_until_the_scope_ends(t: Script) -> u32 {
        let base = frame(&t, 1);
        let other = Frame { tags: vec![], ..base };
        t.leaf(1).await;
        other.head.look() + other.count
    }
    async fn what_is_given_is_borrowed_before(t: Script) -> u32 {
        let base = frame(&t, 1);
        let tags = &base.tags;
        let other = Frame { tags: vec![t.value(4)], ..base };
        t.leaf(1).await;
        tags[1].look() + other.tags[0].look()
    }
    async fn what_is_given_is_used_afterwards(t: Script) -> u32 {
        let base = frame(&t, 1);
        let other = Frame { tags: vec![], count: t.leaf(1).await, ..base };
        t.leaf(1).await;
        base.tags[0].look() + other.head.finish() + base.count
    }
    async fn what_is_given_is_assigned_afterwards(t: Script) -> u32 {
        let mut base = frame(&t, 1);
        let other = Frame { tags: vec![t.value(5)], ..base };
        t.leaf(1).await;
        base.tags = vec![t.value(6)];
        t.leaf(2).await;
        base.tags[0].look() + other.head.look()
    }
    async fn all_that_is_not_copied_is_given(t: Script) -> u32 {
        let base = frame(&t, 1);
        let other = Frame { head: t.value(7), tags: vec![], ..base };
        t.leaf(1).await;
        let Frame { head, tags, count } = base;
        t.leaf(tags.len() as u32).await;
        head.look() + other.head.look() + count
    }
    async fn of_what_was_taken_apart_before(t: Script) -> u32 {
        let base = frame(&t, 1);
        let tags = base.tags;
        t.leaf(1).await;
        let other = Frame { tags, count: 5, ..base };
        t.leaf(2).await;
        other.tags[1].look() + other.head.look()
    }
    async fn of_itself_in_a_loop(t: Script) -> u32 {
        let mut now = frame(&t, 1);
        for n in 0..3 {
            now = Frame { head: t.value(n), ..now };
            t.leaf(n).await;
            if t.dice(2) == 0 {
                now = Frame { tags: vec![t.value(9)], count: n, ..now };
            }
        }
        now.head.look() + now.count
    }
    async fn of_a_field(t: Script) -> u32 {
        let base = Message { frame: frame(&t, 1), id: t.value(8), reply: None };
        let other = Message { frame: Frame { head: t.value(9), ..base.frame }, reply: Some(t.value(3)), ..base };
        t.leaf(1).await;
        let last = Frame { count: t.leaf(2).await, tags: vec![], ..other.frame };
        t.leaf(3).await;
        last.head.look() + other.id.look() + base.frame.head.look()
    }
    async fn in_one_of_several_branches(t: Script) -> u32 {
        let base = frame(&t, 1);
        let other = match t.dice(3) {
            0 => Frame { tags: vec![], ..base },
            1 => Frame { head: t.value(5), count: 3, ..base },
            _ => Frame { head: t.value(5), tags: vec![], count: 1 },
        };
        t.leaf(1).await;
        other.head.look() + other.tags.len() as u32
    }
    async fn where_a_field_is_left_by(t: Script) -> Result<u32, u32> {
        let base = frame(&t, 1);
        let other = Frame { tags: vec![t.value(6)], count: if t.dice(2) == 0 { return Err(3) } else { 4 }, ..base };
        t.leaf(1).await;
        Ok(other.head.look())
    }
    async fn of_what_is_copied(t: Script) -> u32 {
        let base = Options { depth: 1, width: t.leaf(2).await };
        let other = Options { depth: t.leaf(3).await, ..base };
        t.leaf(1).await;
        let last = Options { width: 4, ..base };
        base.width + other.width + last.depth
    }
}
