//! What the macros `join!` and `try_join!` await, as futures of their own: a state machine holds them as they are, where the macro's
//! expansion would hold its branches twice, once as what an `async` block has captured.
#![allow(missing_docs, missing_debug_implementations)] // `pin_project!` takes no documentation of a field
#![allow(clippy::too_many_arguments)] // One for each branch

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::maybe_done::MaybeDone;

pin_project! {
    /// What `try_join!` awaits: the branches of `J`.
    #[must_use = "futures do nothing unless polled"]
    pub struct TryJoin<J> {
        #[pin]
        branches: J,
    }
}

/// The branches, the last first: so are they dropped, as locals are.
macro_rules! together {
    ($($join:ident $try_join:ident $joined:ident: [$($branch:ident $field:ident)*] [$($reversed:ident $reversed_field:ident)*];)*) => { $(
        pin_project! {
            /// What `join!` awaits, of so many branches.
            #[must_use = "futures do nothing unless polled"]
            pub struct $joined<$($branch: Future),*> {
                $(#[pin] $reversed_field: MaybeDone<$reversed>,)*
            }
        }

        /// What `join!` awaits, of so many branches.
        pub const fn $join<$($branch: Future),*>($($field: $branch),*) -> $joined<$($branch),*> {
            $joined { $($reversed_field: MaybeDone::new($reversed_field)),* }
        }

        /// What `try_join!` awaits, of so many branches.
        pub const fn $try_join<$($branch: Future),*>($($field: $branch),*) -> TryJoin<$joined<$($branch),*>> {
            TryJoin { branches: $join($($field),*) }
        }

        impl<$($branch: Future),*> Future for $joined<$($branch),*> {
            type Output = ($($branch::Output,)*);

            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let mut this = self.project();
                let mut all = true;
                $(all &= this.$field.as_mut().poll(cx).is_ready();)*
                if all { Poll::Ready(($(this.$field.take(),)*)) } else { Poll::Pending }
            }
        }

        together!(@try $joined: $($branch $field)*);
    )* };
    (@try $joined:ident: $($branch:ident $field:ident)*) => {
        together!(@outputs $joined: $($branch $field)*; T0 T1 T2 T3 T4 T5 T6 T7; [] []);
    };
    (@outputs $joined:ident: $branch:ident $field:ident $($rest:ident $rest_field:ident)*; $output:ident $($outputs:ident)*; [$($done:ident)*] [$($all:tt)*]) => {
        together!(@outputs $joined: $($rest $rest_field)*; $($outputs)*; [$($done)* $output] [$($all)* ($branch $field $output)]);
    };
    (@outputs $joined:ident: ; $($left:ident)*; [$($output:ident)*] [$(($branch:ident $field:ident $own:ident))*]) => {
        impl<E, $($output,)* $($branch: Future<Output = Result<$own, E>>),*> Future for TryJoin<$joined<$($branch),*>> {
            type Output = Result<($($output,)*), E>;

            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let mut this = self.project().branches.project();
                let mut all = true;
                $(
                    if this.$field.as_mut().poll(cx).is_pending() {
                        all = false;
                    } else if let Some(error) = this.$field.as_mut().take_error() {
                        return Poll::Ready(Err(error));
                    }
                )*
                if all { Poll::Ready(Ok(($(this.$field.take_success(),)*))) } else { Poll::Pending }
            }
        }
    };
}

together! {
    join1 try_join1 Join1: [A a] [A a];
    join2 try_join2 Join2: [A a B b] [B b A a];
    join3 try_join3 Join3: [A a B b C c] [C c B b A a];
    join4 try_join4 Join4: [A a B b C c D d] [D d C c B b A a];
    join5 try_join5 Join5: [A a B b C c D d F f] [F f D d C c B b A a];
    join6 try_join6 Join6: [A a B b C c D d F f G g] [G g F f D d C c B b A a];
    join7 try_join7 Join7: [A a B b C c D d F f G g H h] [H h G g F f D d C c B b A a];
    join8 try_join8 Join8: [A a B b C c D d F f G g H h I i] [I i H h G g F f D d C c B b A a];
}
