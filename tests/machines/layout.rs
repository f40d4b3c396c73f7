//! How machines lie in memory, as `LAYOUT` tells it.

use std::future::{Future, ready};

use zokio::{SlotLayout, StateMachine};

fn layout<M: StateMachine>(_: &M) -> zokio::Layout {
    M::LAYOUT
}

fn states<M: StateMachine>(_: &M) -> &'static [zokio::State] {
    M::STATES
}

fn slot(layout: &zokio::Layout, name: &str) -> SlotLayout {
    let mut slots = layout.slots().filter(|slot| slot.name == name);
    let slot = slots.next().unwrap_or_else(|| panic!("no slot `{name}` in {layout:?}"));
    assert_eq!(slots.next(), None);
    slot
}

fn bytes<const COUNT: usize>() -> [u8; COUNT] {
    [2; COUNT]
}

#[zokio::async_fn]
async fn two(first: [u8; 40]) -> usize {
    // It may have a destructor, as far as is written here: so it is held to the end of its scope.
    let second = bytes::<24>();
    ready(()).await;
    let third = [3_u64; 4];
    ready(7_u16).await;
    first.len() + third.len()
}

#[test]
fn slots_have_names_sizes_and_states() {
    let machine = two([1; 40]);
    let layout = layout(&machine);
    assert_eq!((layout.size(), layout.align()), (size_of_val(&machine), align_of_val(&machine)));
    assert_eq!(slot(&layout, "first"), SlotLayout { name: "first", size: 40, states: &[0, 1, 2] });
    assert_eq!(slot(&layout, "third"), SlotLayout { name: "third", size: 32, states: &[2] });
    // What is awaited is named after how it is written.
    let awaited = slot(&layout, "ready(7_u16)");
    assert_eq!((awaited.size, awaited.states), (size_of_val(&ready(7_u16)), [2].as_slice()));
    assert_eq!(slot(&layout, "second").states, [1, 2]);
    assert_eq!(layout.len(), 5);
}

#[test]
fn each_state_holds_what_its_slots_hold() {
    let machine = two([1; 40]);
    let layout = layout(&machine);
    let held: Vec<usize> = (0..states(&machine).len()).map(|state| layout.held(state)).collect();
    let (first, second) = (size_of_val(&ready(())), size_of_val(&ready(7_u16)));
    assert_eq!(held, [40, 40 + 24 + first, 40 + 24 + 32 + second, 0, 0, 0]);
    assert!(held.iter().all(|held| *held < layout.size()));
}

#[test]
fn slots_that_share_memory_add_up_to_more_than_there_is() {
    #[zokio::async_fn]
    async fn one_by_one() -> usize {
        let mut sum = 0;
        {
            let one = [1_u8; 100];
            ready(()).await;
            sum += one.len();
        }
        {
            let two = [1_u8; 200];
            ready(()).await;
            sum += two.len();
        }
        sum
    }
    let layout = layout(&one_by_one());
    assert_eq!((slot(&layout, "one").size, slot(&layout, "two").size), (100, 200));
    assert!(layout.size() < 300, "{layout:?}");
}

#[test]
fn there_may_be_more_slots_than_a_tuple_has_fields() {
    macro_rules! many {
        ($($name:ident)*) => {
            #[zokio::async_fn]
            async fn many() -> usize {
                $(let $name = [1_u8; 3];)*
                ready(()).await;
                0 $(+ $name.len())*
            }
        };
    }
    many!(a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
          d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
          g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7 h8 h9 i0 i1 i2 i3 i4 i5 i6 i7 i8 i9);
    let machine = many();
    let layout = layout(&machine);
    assert_eq!(layout.slots().filter(|slot| slot.size == 3).count(), 90, "{layout:?}");
    assert_eq!(layout.held(1), 90 * 3 + size_of_val(&ready(())));
    let mut machine = std::pin::pin!(machine);
    let polled = machine.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    assert_eq!(polled, std::task::Poll::Ready(270));
}

#[test]
fn of_a_coroutine_only_the_size_is_known() {
    #[zokio::async_fn(machine = rustc)]
    async fn coroutine(first: [u8; 40]) -> usize {
        ready(()).await;
        first.len()
    }
    let machine = coroutine([1; 40]);
    let layout = layout(&machine);
    assert_eq!((layout.size(), layout.is_empty()), (size_of_val(&machine), true));
}

#[test]
fn a_machine_has_the_name_of_its_function() {
    fn name<M: StateMachine>(_: &M) -> &'static str {
        M::NAME
    }
    assert_eq!(name(&two([1; 40])), "machines::layout::two");
    assert_eq!(name(&zokio::async_block! { ready(()).await }), "machines::layout::async_block!");
}
