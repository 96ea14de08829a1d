/**
 * The type of a field that refers to a model which refers back: `@Field(() => Book) book?: Relation<Book>`.
 *
 * For a decorated property of type `Book`, the compiler emits the class itself as metadata, and when two files import
 * each other, one runs before the other's class is defined: "Cannot access 'Book' before initialization". For this type
 * it emits no reference; the thunk of the decorator provides the class. Import it with `import type`.
 */
export type Relation<T> = T;
