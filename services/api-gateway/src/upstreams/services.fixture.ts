import { randomUUID } from 'node:crypto';
import { validationFailed } from '@msx/gateway';
import { TestUpstream, TestUpstreams } from '@msx/gateway/testing';
import type { Handlers } from '@msx/gateway/testing';
import { DomainError } from '@msx/runtime';
import { OrderEventType, OrderServiceService, OrderStatus } from '../gen/order.js';
import type { Order } from '../gen/order.js';
import { ProductServiceService } from '../gen/product.js';
import type { Product, SearchProductsRequest } from '../gen/product.js';
import { UserRole, UserServiceService } from '../gen/user.js';
import type { LoginResponse, User } from '../gen/user.js';

/** Minimal in-memory versions of the three services behind the gateway, over real gRPC. */
export class Services extends TestUpstreams {
  readonly users = new Map<string, User>();
  readonly products = new Map<string, Product>();
  readonly orders = new Map<string, Order>();
  readonly userService = new TestUpstream(UserServiceService, this.userHandlers());
  readonly productService = new TestUpstream(ProductServiceService, this.productHandlers());
  readonly orderService = new TestUpstream(OrderServiceService, this.orderHandlers());
  override readonly servers = {
    USER_SERVICE_URL: this.userService,
    PRODUCT_SERVICE_URL: this.productService,
    ORDER_SERVICE_URL: this.orderService,
  };
  readonly idempotencyKeys: string[] = [];
  readonly searches: SearchProductsRequest[] = [];
  private readonly keyed = new Map<string, Order>();

  addUser(name = 'Jane', email = `${randomUUID()}@example.com`): User {
    return put(this.users, { id: randomUUID(), name, email, roles: [UserRole.USER_ROLE_CUSTOMER], ...now() });
  }

  addProduct(fields: Partial<Product> = {}): Product {
    const price = { minorUnits: 2999, currencyCode: 'USD' };
    const defaults = { name: 'Mouse', description: '', price, stock: 10, category: 'Electronics' };
    return put(this.products, { id: randomUUID(), ...defaults, ...now(), ...fields });
  }

  addOrder(userId: string, products: Product[]): Order {
    const items = products.map(({ id, price }) => ({ productId: id, quantity: 1, price }));
    return put(this.orders, pending(userId, items));
  }

  private userHandlers(): Handlers<UserServiceService> {
    const { users } = this;
    return {
      createUser: ({ name, email }) => {
        const taken = [...users.values()].some((user) => user.email === email);
        if (taken) throw new DomainError('EMAIL_TAKEN', `${email} is taken`, { kind: 'conflict' });
        return { user: this.addUser(name, email) };
      },
      getUser: ({ id }) => ({ user: users.get(id) ?? notFound('USER_NOT_FOUND', id) }),
      batchGetUsers: ({ ids }) => ({ users: pick(users, ids) }),
      listUsers: (request) => ({ users: paged([...users.values()], request) }),
      countUsers: ({ filter }) => ({ count: found(users, filter?.search).length }),
      searchUsers: ({ filter, ...slice }) => {
        const { page, hasNextPage } = sliced(found(users, filter?.search), slice);
        return { edges: page.map(({ node, cursor }) => ({ user: node, cursor })), hasNextPage };
      },
      updateUser: ({ id, ...changes }) => {
        const user = users.get(id) ?? notFound('USER_NOT_FOUND', id);
        return { user: put(users, { ...user, ...defined(changes) }) };
      },
      login: async ({ email }) => this.signIn([...users.values()].find((user) => user.email === email)),
      refreshToken: async ({ refreshToken }) => this.signIn(users.get(refreshToken)),
      logout: () => ({}),
      validateUser: ({ id }) => ({ valid: users.has(id), reason: users.has(id) ? '' : 'USER_NOT_FOUND' }),
    };
  }

  /** The refresh tokens of this fixture are user ids. */
  private async signIn(user: User | undefined): Promise<LoginResponse> {
    if (!user) throw new DomainError('INVALID_CREDENTIALS', 'no such user', { kind: 'unauthenticated' });
    const accessToken = await this.keys.sign({ id: user.id, roles: ['customer'] });
    const tokens = { accessToken, accessTokenExpiresAt: new Date(), refreshToken: user.id };
    return { user, tokens };
  }

  private productHandlers(): Handlers<ProductServiceService> {
    const { products } = this;
    const of = (category?: string): Product[] =>
      [...products.values()].filter((product) => !category || product.category === category);
    return {
      createProduct: (request) => ({ product: this.addProduct(request) }),
      getProduct: ({ id }) => ({ product: products.get(id) ?? notFound('PRODUCT_NOT_FOUND', id) }),
      batchGetProducts: ({ ids }) => ({ products: pick(products, ids) }),
      listProducts: (request) => ({ products: paged(of(request.category), request) }),
      countProducts: ({ category, filter }) => ({ count: of(category ?? filter?.category).length }),
      searchProducts: (request) => {
        this.searches.push(request);
        const { page, hasNextPage } = sliced(of(request.filter?.category), request);
        return { edges: page.map(({ node, cursor }) => ({ product: node, cursor })), hasNextPage };
      },
      updateProduct: ({ id, stockChange = 0, ...changes }) => {
        const product = products.get(id) ?? notFound('PRODUCT_NOT_FOUND', id);
        const stock = product.stock + stockChange;
        return { product: put(products, { ...product, stock, ...defined(changes) }) };
      },
      getReservation: () => ({ reservation: undefined }),
      checkProductStock: ({ items }) => ({
        items: items.map(({ productId }) => {
          const same = items.filter((item) => item.productId === productId);
          const quantity = same.reduce((sum, item) => sum + item.quantity, 0);
          const found = products.get(productId);
          if (!found) return { productId, exists: false, available: false, stock: 0, price: undefined };
          const { stock, price } = found;
          return { productId, exists: true, available: stock >= quantity, stock, price };
        }),
      }),
    };
  }

  private orderHandlers(): Handlers<OrderServiceService> {
    const { orders } = this;
    const of = (userId: string): Order[] => [...orders.values()].filter((order) => order.userId === userId);
    return {
      createOrder: ({ userId, items, idempotencyKey }) => {
        this.idempotencyKeys.push(idempotencyKey);
        const earlier = idempotencyKey && this.keyed.get(userId + idempotencyKey);
        const order = earlier || put(orders, pending(userId, items));
        if (idempotencyKey) this.keyed.set(userId + idempotencyKey, order);
        return { order };
      },
      findOrder: ({ userId, idempotencyKey }) => ({ order: this.keyed.get(userId + idempotencyKey) }),
      getOrder: ({ id }) => ({ order: orders.get(id) ?? notFound('ORDER_NOT_FOUND', id) }),
      batchGetOrders: ({ ids }) => ({ orders: pick(orders, ids) }),
      listUserOrders: (request) => ({ orders: paged(of(request.userId), request) }),
      countUserOrders: ({ userId }) => ({ count: of(userId).length }),
      searchUserOrders: ({ userId, filter, ...slice }) => {
        const matches = (order: Order) => !filter?.statuses.length || filter.statuses.includes(order.status);
        const { page, hasNextPage } = sliced(of(userId).filter(matches), slice);
        return { edges: page.map(({ node, cursor }) => ({ order: node, cursor })), hasNextPage };
      },
      orderHistory: ({ id, first, after }) => {
        const { createdAt: at } = orders.get(id) ?? notFound('ORDER_NOT_FOUND', id);
        const { ORDER_EVENT_TYPE_CREATED, ORDER_EVENT_TYPE_CANCELLED } = OrderEventType;
        const events = [
          { version: 1, type: ORDER_EVENT_TYPE_CREATED, at, by: 'jane', reason: '' },
          { version: 2, type: ORDER_EVENT_TYPE_CANCELLED, at, by: '', reason: 'too slow' },
        ];
        return { events: events.slice(after, after + first), hasNextPage: after + first < events.length };
      },
      cancelOrder: ({ id, reason }) => {
        const order = orders.get(id) ?? notFound('ORDER_NOT_FOUND', id);
        return { order: put(orders, { ...order, status: OrderStatus.ORDER_STATUS_CANCELLED, reason }) };
      },
    };
  }
}

function pending(userId: string, items: Order['items']): Order {
  const minorUnits = items.reduce((sum, { price, quantity }) => sum + price!.minorUnits * quantity, 0);
  const total = { minorUnits, currencyCode: 'USD' };
  const status = OrderStatus.ORDER_STATUS_PENDING;
  return { id: randomUUID(), userId, status, items, total, reason: '', ...now() };
}

function now(): { createdAt: Date; updatedAt: Date } {
  return { createdAt: new Date(), updatedAt: new Date() };
}

function put<T extends { id: string }>(table: Map<string, T>, row: T): T {
  table.set(row.id, row);
  return row;
}

/** In reverse, since batch RPCs do not promise an order. */
function pick<T>(table: Map<string, T>, ids: string[]): T[] {
  return ids.flatMap((id) => table.get(id) ?? []).reverse();
}

function paged<T>(rows: T[], { page, limit }: { page: number; limit: number }): T[] {
  return rows.slice((page - 1) * limit, page * limit);
}

function found(users: Map<string, User>, search = ''): User[] {
  return [...users.values()].filter(({ name }) => name.includes(search));
}

/** The cursors of this fixture are row ids. */
function sliced<T extends { id: string }>(rows: T[], { first, after }: { first: number; after: string }) {
  const start = rows.findIndex(({ id }) => id === after) + 1;
  if (after && !start) throw validationFailed([{ field: 'after', message: 'must be a cursor' }]);
  const page = rows.slice(start, start + first).map((node) => ({ node, cursor: node.id }));
  return { page, hasNextPage: rows.length > start + first };
}

function defined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function notFound(reason: string, id: string): never {
  throw new DomainError(reason, `there is no ${id}`, { kind: 'not-found' });
}
