//! TCP echo over the loopback device, server and load generator each on a core of its own.

#[cfg(target_os = "linux")]
mod linux {
    use criterion::{BenchmarkId, Criterion, Throughput};
    use std::time::{Duration, Instant};
    use zokio_benches::{
        cores::{self, Cores},
        line_up::{self, MeetServers},
        load::Load,
        rounds::{ROUNDS, name},
        server::Server,
        workload::EchoServer,
    };

    #[derive(Clone, Copy)]
    struct Measurement {
        name: &'static str,
        connections: usize,
        /// Bytes per message.
        size: usize,
        clock: fn() -> Duration,
    }

    const MEASUREMENTS: [Measurement; 4] = [
        Measurement { name: name::ECHO_PING_PONG, connections: 1, size: 64, clock: elapsed },
        Measurement { name: name::ECHO_MANY, connections: 64, size: 64, clock: elapsed },
        Measurement { name: name::ECHO_MANY_CPU, connections: 64, size: 64, clock: server_cpu },
        Measurement { name: name::ECHO_LARGE, connections: 16, size: 16 * 1024, clock: elapsed },
    ];

    pub(crate) fn measure(criterion: &mut Criterion) {
        let cores = Cores::choose().expect("two cores");
        // This thread generates the load.
        cores::pin(cores.load).expect("an own core may be chosen");
        for round in 1..=ROUNDS {
            for measurement in MEASUREMENTS {
                line_up::servers(&mut Round { criterion, cores, measurement, round });
            }
        }
    }

    struct Round<'a> {
        criterion: &'a mut Criterion,
        cores: Cores,
        measurement: Measurement,
        round: usize,
    }

    impl MeetServers for Round<'_> {
        fn meet<S: EchoServer>(&mut self) {
            let Measurement { name, connections, size, clock } = self.measurement;
            let server = Server::start::<S>(self.cores.server, connections).expect("the server starts");
            let mut load = Load::connect(server.address(), connections, size).expect("the server accepts");
            let mut group = self.criterion.benchmark_group(name);
            group.throughput(Throughput::Elements(1));
            group.bench_function(BenchmarkId::new(S::NAME, self.round), |bencher| {
                bencher.iter_custom(|count| {
                    let start = clock();
                    load.round_trips(count).expect("the server echoes");
                    clock() - start
                });
            });
            group.finish();
            let sent = load.finish();
            let echoed = server.finish().expect("the server ends with its clients");
            assert_eq!(sent, echoed, "{} lost or invented bytes", S::NAME);
        }
    }

    /// The time on the wall, from a start that does not matter.
    fn elapsed() -> Duration {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    /// The processor time of the server's threads: all but this one.
    fn server_cpu() -> Duration {
        cores::time_of_others().expect("the kernel keeps scheduler statistics")
    }
}

fn main() {
    #[cfg(target_os = "linux")]
    {
        let mut criterion = zokio_benches::rounds::criterion();
        linux::measure(&mut criterion);
        criterion.final_summary();
    }
    #[cfg(not(target_os = "linux"))]
    eprintln!("the load generator is epoll's: this benchmark runs on Linux only");
}
