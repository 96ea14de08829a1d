/** The examples in the description of the system, verbatim. */
export const operations = {
  createUser: `mutation {
  createUser(name: "John Doe", email: "john@example.com", password: "password123") {
    id
    name
    email
    createdAt
  }
}`,
  users: `query {
  users(page: 1, limit: 10) {
    id
    name
    email
    createdAt
  }
}`,
  user: `query {
  user(id: "user-id-here") {
    id
    name
    email
    createdAt
  }
}`,
  createProduct: `mutation {
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
  products: `query {
  products(page: 1, limit: 10, category: "Electronics") {
    id
    name
    description
    price
    stock
    category
  }
}`,
  createOrder: `mutation {
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
  userOrders: `query {
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
};
