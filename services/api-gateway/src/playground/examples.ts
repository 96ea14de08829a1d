import type { Example } from '@msx/gateway';

/** The token of the user who signed in. */
const signedIn = { authorization: 'Bearer {{login.accessToken}}' };

const buyer: readonly Example[] = [
  {
    query: `mutation CreateUser(
  $name: String!
  $email: String!
  $password: String!
) {
  createUser(
    name: $name
    email: $email
    password: $password
  ) {
    id
    name
    email
    createdAt
  }
}`,
    variables: { name: 'John Doe', email: 'john-{{unique}}@example.com', password: 'password123' },
  },
  {
    query: `mutation Login($email: String!, $password: String!) {
  login(email: $email, password: $password) {
    accessToken
    refreshToken
    user {
      id
    }
  }
}`,
    variables: { email: '{{createUser.email}}', password: 'password123' },
  },
  {
    query: `query Me {
  me {
    id
    name
    roles
  }
}`,
    headers: signedIn,
  },
  {
    query: `query Users {
  users(page: 1, limit: 10) {
    id
    name
    email
    createdAt
  }
}`,
  },
  {
    query: `query User($id: ID!) {
  user(id: $id) {
    id
    name
    email
    createdAt
  }
}`,
    variables: { id: '{{createUser.id}}' },
  },
];

const catalogue: readonly Example[] = [
  {
    query: `mutation CreateProduct {
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
  },
  {
    query: `query Products {
  products(page: 1, limit: 10, category: "Electronics") {
    id
    name
    description
    price
    stock
    category
  }
}`,
  },
];

const ordering: readonly Example[] = [
  {
    query: `mutation CreateOrder(
  $userId: ID!
  $productId: ID!
  $price: Float!
) {
  createOrder(
    userId: $userId
    items: [{ productId: $productId, quantity: 1, price: $price }]
    totalAmount: $price
  ) {
    id
    status
    totalAmount
    createdAt
  }
}`,
    variables: {
      userId: '{{createUser.id}}',
      productId: '{{createProduct.id}}',
      price: '{{createProduct.price}}',
    },
    headers: signedIn,
  },
  {
    query: `query UserOrders($userId: ID!) {
  userOrders(userId: $userId, page: 1, limit: 10) {
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
    variables: { userId: '{{createUser.id}}' },
    headers: signedIn,
  },
  {
    query: `# Runs CreateOrder again until the first event comes.
subscription OrderStatusChanged($userId: ID!) {
  orderStatusChanged(userId: $userId) {
    orderId
    previousStatus
    status
  }
}`,
    variables: { userId: '{{createUser.id}}' },
    headers: signedIn,
    causedBy: 'CreateOrder',
  },
  {
    query: `mutation CancelOrder($id: ID!) {
  cancelOrder(id: $id, reason: "changed my mind") {
    id
    status
    reason
  }
}`,
    variables: { id: '{{createOrder.id}}' },
    headers: signedIn,
  },
];

/** The tabs of the playground: one for each thing the shop can do. Each works once the tabs to its left have been run. */
export const examples: readonly Example[] = [...buyer, ...catalogue, ...ordering];
