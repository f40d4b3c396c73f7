//! `?`, which std offers no stable trait for.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::task::Poll;

use super::refused::refused;

/// What `?` can be written after: std's `Try`, as far as stable Rust shows it.
pub trait Tries {
    /// What `?` yields.
    type Output;
    /// What the body is left with.
    type Residual;

    /// Whether the body is left.
    fn fails(&self) -> bool;

    /// Goes on, or leaves.
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

/// What a body may return that is left through `?` with an `R`.
pub trait FromResidual<R> {
    /// The value that is returned.
    fn from_residual(residual: R) -> Self;
}

/// What `?` is written after.
#[derive(Debug)]
pub struct Tried<T>(pub T);

/// `?` goes on, or leaves.
pub trait Branches<T: Tries> {
    /// Which.
    fn __zokio_branch(self) -> ControlFlow<T::Residual, T::Output>;
}

impl<T: Tries> Branches<T> for Tried<T> {
    #[inline(always)]
    fn __zokio_branch(self) -> ControlFlow<T::Residual, T::Output> {
        self.0.branch()
    }
}

/// `?` cannot be written after it.
pub trait NotTried {
    /// Anything.
    fn __zokio_branch<R, T>(self) -> ControlFlow<R, T>;
}

impl<T> NotTried for &Tried<T> {
    fn __zokio_branch<R, V>(self) -> ControlFlow<R, V> {
        refused()
    }
}

/// What a body is left with that returns a `T`.
#[derive(Debug)]
pub struct Left<T, R>(R, PhantomData<fn() -> T>);

/// Makes a [`Left`].
#[inline(always)]
pub const fn left<T, R>(residual: R) -> Left<T, R> {
    Left(residual, PhantomData)
}

/// The body may be left with it.
pub trait Leaves<T> {
    /// The value that is returned.
    fn __zokio_leave(self) -> T;
}

impl<R, T: FromResidual<R>> Leaves<T> for Left<T, R> {
    #[inline(always)]
    fn __zokio_leave(self) -> T {
        T::from_residual(self.0)
    }
}

/// It may not.
pub trait NoLeaves<T> {
    /// Any value.
    fn __zokio_leave(self) -> T;
}

impl<R, T> NoLeaves<T> for &Left<T, R> {
    fn __zokio_leave(self) -> T {
        refused()
    }
}

impl<T, E> Tries for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;

    #[inline(always)]
    fn fails(&self) -> bool {
        self.is_err()
    }

    #[inline(always)]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Result<T, F> {
    #[inline(always)]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        match residual {
            Err(error) => Err(F::from(error)),
        }
    }
}

impl<T> Tries for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;

    #[inline(always)]
    fn fails(&self) -> bool {
        self.is_none()
    }

    #[inline(always)]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        self.map_or(ControlFlow::Break(None), ControlFlow::Continue)
    }
}

impl<T> FromResidual<Option<Infallible>> for Option<T> {
    #[inline(always)]
    fn from_residual(_: Option<Infallible>) -> Self {
        None
    }
}

impl<B, C> Tries for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;

    #[inline(always)]
    fn fails(&self) -> bool {
        self.is_break()
    }

    #[inline(always)]
    fn branch(self) -> ControlFlow<Self::Residual, C> {
        match self {
            Self::Continue(value) => ControlFlow::Continue(value),
            Self::Break(value) => ControlFlow::Break(ControlFlow::Break(value)),
        }
    }
}

impl<B, C> FromResidual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    #[inline(always)]
    fn from_residual(residual: ControlFlow<B, Infallible>) -> Self {
        match residual {
            ControlFlow::Break(value) => Self::Break(value),
        }
    }
}

impl<T, E> Tries for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;

    #[inline(always)]
    fn fails(&self) -> bool {
        matches!(self, Self::Ready(Err(_)))
    }

    #[inline(always)]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<T>> {
        match self {
            Self::Ready(Ok(value)) => ControlFlow::Continue(Poll::Ready(value)),
            Self::Ready(Err(error)) => ControlFlow::Break(Err(error)),
            Self::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

impl<T, E> Tries for Poll<Option<Result<T, E>>> {
    type Output = Poll<Option<T>>;
    type Residual = Result<Infallible, E>;

    #[inline(always)]
    fn fails(&self) -> bool {
        matches!(self, Self::Ready(Some(Err(_))))
    }

    #[inline(always)]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<Option<T>>> {
        match self {
            Self::Ready(Some(Ok(value))) => ControlFlow::Continue(Poll::Ready(Some(value))),
            Self::Ready(Some(Err(error))) => ControlFlow::Break(Err(error)),
            Self::Ready(None) => ControlFlow::Continue(Poll::Ready(None)),
            Self::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Result<T, F>> {
    #[inline(always)]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        match residual {
            Err(error) => Self::Ready(Err(F::from(error))),
        }
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Option<Result<T, F>>> {
    #[inline(always)]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        match residual {
            Err(error) => Self::Ready(Some(Err(F::from(error)))),
        }
    }
}
