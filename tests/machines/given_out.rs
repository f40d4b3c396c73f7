//! Closures that give out `async` blocks: a block holds what its closure was given as natively, and may go where that is not.

use zokio_tests::twin::{Script, Value};

struct Job<'v> {
    value: &'v Value,
    name: &'v str,
}

fn looked(at: &Value) -> u32 {
    at.look()
}

async fn worked(t: &Script, name: &str, value: &Value) -> u32 {
    t.leaf(name.len() as u32).await + value.look()
}

bodies! {
    async fn a_closure_makes_a_block_of_what_it_is_given(t: Script) -> u32 {
        let value = t.value(3);
        let blocks: Vec<_> = {
            let references = vec![&value, &value];
            t.leaf(1).await;
            references.iter().map(|it| async { it.look() + t.leaf(2).await }).collect()
        };
        // Where the references were.
        let others = vec![&t, &t];
        let mut sum = 0;
        for block in blocks {
            sum += block.await;
        }
        sum + others[1].leaf(4).await
    }
    async fn a_block_passes_on_what_its_closure_is_given(t: Script) -> u32 {
        let value = t.value(3);
        t.leaf(1).await;
        let blocks: Vec<_> = {
            let references = vec![&value, &value];
            let blocks = references.iter().map(|it| async { t.leaf(2).await + looked(it) }).collect();
            t.leaf(3).await;
            blocks
        };
        let others = vec![&t, &t];
        let mut sum = 0;
        for block in blocks {
            sum += block.await;
        }
        sum + others[1].leaf(4).await
    }
    async fn a_block_looks_at_a_part_of_what_its_closure_is_given(t: Script) -> u32 {
        let value = t.value(3);
        let blocks: Vec<_> = {
            let jobs = vec![Job { value: &value, name: "one" }, Job { value: &value, name: "other" }];
            t.leaf(1).await;
            jobs.iter().map(|job| async { t.leaf(2).await + job.value.look() + job.name.len() as u32 }).collect()
        };
        let others = vec![[1_usize, 2, 3], [4, 5, 6]];
        let mut sum = 0;
        for block in blocks {
            sum += block.await;
        }
        sum + t.leaf(others[1][2] as u32).await
    }
    async fn a_closure_does_more_before_it_makes_its_block(t: Script) -> u32 {
        let value = t.value(3);
        let blocks: Vec<_> = {
            let references = vec![&value, &value];
            t.leaf(1).await;
            let block = references.iter().map(|it| {
                t.step("makes a block");
                async { it.look() + t.leaf(2).await }
            });
            block.collect()
        };
        let others = vec![&t, &t];
        let mut sum = 0;
        for block in blocks {
            sum += block.await;
        }
        sum + others[1].leaf(4).await
    }
    async fn a_block_calls_a_function_with_parts_of_what_its_closure_is_given(t: Script) -> u32 {
        let names = "a,bb,ccc".replace(',', ";");
        let value = t.value(3);
        let blocks: Vec<_> = {
            let jobs: Vec<Job<'_>> = names.split(';').map(|name| Job { value: &value, name }).collect();
            t.leaf(1).await;
            jobs.iter().map(|job| async { worked(&t, job.name, job.value).await }).collect()
        };
        let others = vec![[7_usize; 3]; 4];
        let mut sum = 0;
        for block in blocks {
            sum += block.await;
        }
        sum + t.leaf(others[3][2] as u32).await
    }
    async fn a_closure_is_given_what_its_block_takes_along(t: Script) -> u32 {
        let values = vec![t.value(1), t.value(2)];
        t.leaf(1).await;
        let blocks: Vec<_> = values.into_iter().map(|value| async { let value = value; t.leaf(2).await + value.finish() }).collect();
        let mut sum = 0;
        for block in blocks {
            sum += block.await;
        }
        sum
    }
}
