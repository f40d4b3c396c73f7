macro_rules! runtimes {
    ($($name:ident: $workers:expr, $io:ident, $report:literal;)*) => {
        $(
            #[zokio::runtime(workers = $workers, io = $io, thread_name = $report)]
            struct $name;
        )*
    };
}

runtimes! {
    One: 1, none, "one";
    Two: 2, mio, "two";
}

macro_rules! entry {
    ($body:block) => {
        #[zokio::main(workers = 1, io = none)]
        async fn main() -> Result<(), String> $body
    };
}

entry!({
    assert_eq!(One::OPTIMIZATION_REPORT.decision("thread_name").unwrap().value, "one");
    assert_eq!(Two::OPTIMIZATION_REPORT.decision("workers").unwrap().value, "2");
    Ok(())
});
