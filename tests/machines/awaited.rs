//! Fields of what is awaited: moved out, or matched, beside the rest.

use zokio_tests::twin::{Failure, Script, Value};

struct Made(Script);

impl Made {
    async fn all(&self, count: u32) -> Result<(Value, Vec<Value>), Failure> {
        self.0.leaf(2).await;
        Ok((self.0.value(9), (0..self.0.fallible(count)?).map(|number| self.0.value(number)).collect()))
    }

    async fn some(&self, number: u32) -> (Option<Value>, Value) {
        self.0.leaf(1).await;
        (self.0.coin().then(|| self.0.value(number)), self.0.value(8))
    }

    async fn pair(&self, text: String) -> Result<(Value, Value), Failure> {
        let number = self.0.leaf(2).await;
        self.0.fallible(number)?;
        Ok((self.0.value(text.len() as u32), self.0.value(number)))
    }
}

bodies! {
    async fn a_field_of_what_is_awaited_is_moved_out(t: Script) -> Result<u32, Failure> {
        let made = Made(t.clone());
        let value = made.pair(t.leaf(3).await.to_string().trim().to_owned()).await?.0;
        t.leaf(1).await;
        let number = made.pair(t.value(2).number.to_string()).await?.1.finish();
        let both = made.pair(t.value(3).number.to_string()).await?.0.number + made.pair(t.value(4).number.to_string()).await?.1.look();
        Ok(value.look() + number + both)
    }
    async fn a_field_of_what_is_awaited_is_matched(t: Script) -> Result<u32, Failure> {
        let made = Made(t.clone());
        let mut sum = 0;
        if let Value { number: 0..3, .. } = made.pair("ab".to_owned()).await?.0 {
            sum += t.leaf(1).await;
        }
        for value in made.all(2).await?.1 {
            sum += t.leaf(value.look()).await;
        }
        let last = match made.all(1).await?.1.pop() {
            Some(value) => value,
            None => {
                t.leaf(3).await;
                return Ok(sum);
            }
        };
        match made.some(sum).await.0 {
            Some(value) => sum += t.leaf(value.finish()).await,
            None => sum += t.leaf(5).await + last.look(),
        }
        if let Some(value) = made.some(sum).await.0 {
            sum += t.leaf(2).await + value.look();
        }
        t.leaf(1).await;
        Ok(sum + last.finish())
    }
    async fn the_rest_of_what_is_matched_ends_before_the_other_branch(t: Script) -> Result<u32, Failure> {
        let made = Made(t.clone());
        let mut sum = 0;
        for number in 0..2 {
            if let Some(value) = made.some(number).await.0 {
                sum += t.leaf(2).await + value.look();
            } else {
                sum += t.leaf(3).await;
            }
            let more = if let 0..9 = made.some(number).await.1.number { t.leaf(4).await } else { 5 } + made.some(9).await.1.number;
            sum += match made.some(more).await.0 {
                Some(value) if value.look() > 99 => 1,
                Some(value) => t.leaf(1).await + value.finish(),
                None => {
                    t.leaf(2).await;
                    continue;
                }
            };
        }
        Ok(sum)
    }
}
