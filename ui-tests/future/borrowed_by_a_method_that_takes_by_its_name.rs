//! Methods with the names of adaptors whose closures make futures take what they are called on: nothing may borrow that any more, even
//! where they only borrow it themselves.

struct Table {
    rows: Vec<String>,
}

impl Table {
    fn filter(&self, keep: impl Fn(&str) -> bool) -> usize {
        self.rows.iter().filter(|row| keep(row)).count()
    }
}

struct Pair {
    table: Table,
    number: usize,
}

async fn leaf() {}

#[zokio::async_fn]
async fn of_a_local(table: Table) -> usize {
    let first = &table.rows[0];
    let count = table.filter(|row| row.len() > 1);
    leaf().await;
    count + first.len()
}

#[zokio::async_fn]
async fn of_a_field(pair: Pair) -> usize {
    let first = &pair.table.rows[0];
    let count = pair.table.filter(|row| row.len() > 1);
    leaf().await;
    count + first.len() + pair.number
}

fn main() {}
