//! Functions that call themselves in a box, with what another box held.

use zokio_tests::twin::{Script, Value, compare};

/// Rows of numbers, each with a value.
pub struct Table<'s> {
    t: &'s Script,
    rows: Vec<Row>,
}

pub type Row = (u32, Value);

/// The same, natively and as machines.
macro_rules! items {
    ($name:ident $($machine:tt)*) => { mod $name {
        use super::*;

        pub struct List {
            value: Value,
            next: Option<Box<List>>,
        }
        $($machine)* async fn depth(t: &Script, list: List) -> u32 {
            t.leaf(list.value.look()).await;
            match list.next {
                None => 0,
                Some(next) => 1 + Box::pin(depth(t, *next)).await,
            }
        }
        $($machine)* pub async fn of_a_list(t: Script) -> u32 {
            let last = List { value: t.value(2), next: None };
            depth(&t, List { value: t.value(1), next: Some(Box::new(last)) }).await
        }

        pub enum Plan {
            Scan(Value),
            Filter(Box<Plan>, u32),
            Limit { input: Box<Plan>, n: u32 },
        }
        $($machine)* async fn done(t: &Script, plan: Plan) -> u32 {
            match plan {
                Plan::Scan(value) => {
                    t.leaf(1).await;
                    value.look()
                }
                Plan::Filter(input, _) => Box::pin(done(t, *input)).await,
                Plan::Limit { input, n: 0 } => {
                    drop(input);
                    0
                }
                Plan::Limit { input, n } => {
                    let mut found = Box::pin(done(t, *input)).await;
                    found += n;
                    t.leaf(found).await
                }
            }
        }
        $($machine)* pub async fn of_a_plan(t: Script) -> u32 {
            let limit = Plan::Limit { input: Box::new(Plan::Scan(t.value(3))), n: t.dice(2) };
            done(&t, Plan::Filter(Box::new(limit), 2)).await
        }

        pub enum Query<'q> {
            Scan(Table<'q>),
            Filter(Box<Query<'q>>, Box<dyn Fn(&Row) -> bool + 'q>),
            Limit { input: Box<Query<'q>>, n: usize },
            Project(Box<Query<'q>>, &'q [u32]),
        }
        $($machine)* async fn found(t: &Script, query: Query<'_>) -> Vec<Row> {
            match query {
                Query::Scan(table) => {
                    table.t.leaf(table.rows.len() as u32).await;
                    table.rows
                }
                Query::Filter(input, holds) => {
                    let mut rows = Box::pin(found(t, *input)).await;
                    rows.retain(|row| holds(row));
                    rows
                }
                Query::Limit { input, n: 0 } => {
                    drop(input);
                    vec![]
                }
                Query::Limit { input, n } => {
                    let mut rows = Box::pin(found(t, *input)).await;
                    rows.truncate(n);
                    t.leaf(n as u32).await;
                    rows
                }
                Query::Project(input, numbers) => {
                    let rows = Box::pin(found(t, *input)).await.into_iter();
                    rows.map(|(n, value)| (numbers[n as usize], value)).collect()
                }
            }
        }
        $($machine)* pub async fn of_a_query(t: Script) -> u32 {
            let (least, numbers) = (1, [7, 8, 9]);
            let scan = || {
                let rows = (0..3).map(|n| (n, t.value(n))).collect();
                Box::new(Query::Scan(Table { t: &t, rows }))
            };
            let filter = Query::Filter(scan(), Box::new(|row| row.0 >= least && row.1.look() > 0));
            let limit = Query::Limit { input: Box::new(filter), n: 1 };
            let rows = found(&t, Query::Project(Box::new(limit), &numbers)).await;
            let none = found(&t, Query::Limit { input: scan(), n: 0 }).await;
            rows.iter().map(|row| row.0 + row.1.look()).sum::<u32>() + none.len() as u32
        }
    } };
}

items!(native);
items!(machine #[zokio::async_fn]);

#[test]
fn a_list_has_its_depth() {
    compare("of_a_list", native::of_a_list, machine::of_a_list);
}

#[test]
fn a_plan_is_carried_out() {
    compare("of_a_plan", native::of_a_plan, machine::of_a_plan);
}

#[test]
fn a_query_finds_rows() {
    compare("of_a_query", native::of_a_query, machine::of_a_query);
}
