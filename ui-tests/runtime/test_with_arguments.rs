#[zokio::test]
async fn works(case: u8) {
    assert_eq!(case, 1);
}

fn main() {}
