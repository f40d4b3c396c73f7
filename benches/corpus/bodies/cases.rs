// What stands at the end of each file of bodies. Not a module: included for its macro.

/// The cases of a file: functions of a [`World`](crate::corpus::world::World), which give it a future to drive.
macro_rules! cases {
    ($($name:ident => |$world:ident| $drive:expr;)*) => {
        pub(super) fn cases() -> Vec<crate::corpus::Case> {
            let kind = module_path!().rsplit("::").next().unwrap_or_default();
            vec![$(crate::corpus::Case { kind, name: stringify!($name), run: |$world| $drive }),*]
        }
    };
}
