//! What is in scope where: whatever an await holds is dropped where the machine is dropped while it waits there.

use super::Generator;

impl Generator<'_> {
    /// What is declared within ends with it.
    pub(super) fn within_scope<T>(&self, generate: impl FnOnce() -> T) -> T {
        let before = self.scope.borrow().len();
        let generated = generate();
        self.scope.borrow_mut().truncate(before);
        generated
    }

    /// Remembers what is in scope at an await.
    pub(super) fn note_scope(&self, number: usize) {
        self.scopes.borrow_mut().push((number, self.scope.borrow().clone()));
    }
}
