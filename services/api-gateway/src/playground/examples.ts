/** What the playground opens with: one tab for each thing the shop can do, in the order one would try them. */
export const examples: readonly string[] = [
  `mutation CreateUser {
  createUser(name: "John Doe", email: "john@example.com", password: "password123") {
    id
    name
    email
    createdAt
  }
}`,
  `query Users {
  users(page: 1, limit: 10) {
    id
    name
    email
    createdAt
  }
}`,
  `query User {
  user(id: "user-id-here") {
    id
    name
    email
    createdAt
  }
}`,
  `mutation CreateProduct {
  createProduct(
    name: "Laptop"
    description: "High-performance laptop"
    price: 999.99
    stock: 50
    category: "Electronics"
  ) {
    id
    name
    price
    stock
  }
}`,
  `query Products {
  products(page: 1, limit: 10, category: "Electronics") {
    id
    name
    description
    price
    stock
    category
  }
}`,
  `mutation CreateOrder {
  createOrder(
    userId: "user-id"
    items: [
      { productId: "product-id", quantity: 2, price: 29.99 }
    ]
    totalAmount: 59.98
  ) {
    id
    status
    totalAmount
    createdAt
  }
}`,
  `query UserOrders {
  userOrders(userId: "user-id", page: 1, limit: 10) {
    id
    totalAmount
    status
    items {
      productId
      quantity
      price
    }
    createdAt
  }
}`,
];
