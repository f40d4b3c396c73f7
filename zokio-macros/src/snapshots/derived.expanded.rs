/// What may follow [`Copy::Reading`]: `on_reading` returns it.
#[allow(missing_docs, missing_debug_implementations, missing_copy_implementations)]
#[allow(
    unreachable_pub,
    unnameable_types,
    single_use_lifetimes,
    explicit_outlives_requirements
)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
enum CopyAfterReading<R: Read> {
    /// Goes on in [`Copy::Reading`].
    Reading { read: R, total: u64 },
    /// Goes on in [`Copy::Done`].
    Done(u64),
    #[doc(hidden)]
    #[allow(dead_code)]
    __Generic(
        ::core::convert::Infallible,
        ::core::marker::PhantomData<(::core::marker::PhantomData<R>,)>,
    ),
}
#[allow(dead_code, unreachable_pub, single_use_lifetimes)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
impl<R: Read> Copy<R>
where
    R: ::core::future::Future,
{
    /// Makes the machine. It stands in [`Reading`](Self::Reading) until it is polled.
    #[must_use = "futures do nothing unless they are polled"]
    fn start(read: R, total: u64) -> ::zokio::plumbing::machine::by_hand::Machine<Self> {
        ::zokio::plumbing::machine::by_hand::machine((read, total))
    }
}
#[allow(warnings, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
#[allow(single_use_lifetimes, unused_lifetimes, unused_qualifications, unused_results)]
const _: () = {
    impl<R: Read> ::zokio::plumbing::machine::by_hand::MayNotImplementDrop for Copy<R>
    where
        R: ::core::future::Future,
    {}
    impl<'zokio, R: Read> ::core::marker::Unpin for Copy<R>
    where
        R: ::core::future::Future,
        ::zokio::plumbing::machine::by_hand::Unmovable<'zokio>: ::core::marker::Unpin,
    {}
    #[automatically_derived]
    unsafe impl<R: Read> ::zokio::plumbing::machine::by_hand::States for Copy<R>
    where
        R: ::core::future::Future,
    {
        type Output = u64;
        type Start = (R, u64);
        const NAME: &'static str = ::core::concat!(
            ::core::module_path!(), "::", ::core::stringify!(Copy)
        );
        const STATES: &'static [::zokio::plumbing::machine::by_hand::State] = &[
            ::zokio::plumbing::machine::by_hand::State {
                name: "Reading",
                file: ::core::file!(),
                line: 3u32,
                column: 41u32,
                awaited: "read",
                held: &["total"],
                successors: &[0u16, 1u16],
            },
            ::zokio::plumbing::machine::by_hand::State {
                name: "Done",
                file: ::core::file!(),
                line: 4u32,
                column: 27u32,
                awaited: "",
                held: &["u64"],
                successors: &[],
            },
            ::zokio::plumbing::machine::by_hand::State {
                name: "Poisoned",
                file: "",
                line: 0,
                column: 0,
                awaited: "",
                held: &[],
                successors: &[],
            },
        ];
        const START: usize = 0usize;
        const FAILURES: &'static [usize] = &[];
        #[inline]
        fn begin(given: Self::Start) -> Self {
            let (field_0, field_1) = given;
            Self::Reading {
                read: field_0,
                total: field_1,
            }
        }
        #[inline]
        fn step(
            stand: &mut ::zokio::plumbing::machine::by_hand::Stand<Self>,
            cx: &mut ::core::task::Context<'_>,
        ) -> ::zokio::plumbing::machine::by_hand::Step<u64> {
            match unsafe { &mut *stand.state() } {
                Self::Reading { read: field_0, total: field_1 } => {
                    let ::core::task::Poll::Ready(output) = (unsafe {
                        ::zokio::plumbing::machine::by_hand::poll(field_0, cx)
                    }) else {
                        return ::core::ops::ControlFlow::Break(
                            ::core::task::Poll::Pending,
                        );
                    };
                    stand.leave();
                    let field_1 = unsafe {
                        ::zokio::plumbing::machine::by_hand::moved(field_1)
                    };
                    unsafe { ::zokio::plumbing::machine::by_hand::finished(field_0) };
                    let next: CopyAfterReading<R> = Self::on_reading(output, field_1);
                    match next {
                        CopyAfterReading::Reading { read: field_0, total: field_1 } => {
                            stand
                                .enter(
                                    0usize,
                                    Self::Reading {
                                        read: field_0,
                                        total: field_1,
                                    },
                                )
                        }
                        CopyAfterReading::Done { 0: field_0 } => {
                            stand.enter(1usize, Self::Done { 0: field_0 })
                        }
                        CopyAfterReading::__Generic(never, _) => match never {}
                    }
                }
                Self::Done { 0: field_0 } => {
                    stand.leave();
                    let field_0 = unsafe {
                        ::zokio::plumbing::machine::by_hand::moved(field_0)
                    };
                    let next: u64 = Self::on_done(field_0);
                    stand.end(1usize, next)
                }
            }
        }
    }
};
